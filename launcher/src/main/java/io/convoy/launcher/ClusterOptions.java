package io.convoy.launcher;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.session.SessionSettings;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;

/** The options that say where to compute; the same for every command. */
final class ClusterOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = {
        "Spark's master, such as spark://host:7077 or yarn.",
        "By default all runs in this process."
      })
  private String master;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description = {
        "Executors that work in step. Without a master they are",
        "started on this machine, each a process of its own."
      })
  private Integer executors;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = {
        "Threads of each executor. By default this machine's",
        "processors, shared among the executors on it."
      })
  private Integer threads;

  private final SparkConf given = new SparkConf();

  /** Where to compute. */
  Placement placement() {
    return Placement.of(
        master, executors, threads, given, Runtime.getRuntime().availableProcessors());
  }

  /** Spark's settings as they stand before the session. */
  SparkConf given() {
    return given;
  }

  /**
   * Starts the session.
   *
   * @throws ConvoyException of kind RESOURCE when Spark does not start
   */
  JavaSparkContext start(Placement placement, String name) {
    SparkConf conf = SessionSettings.of(placement, given, name);
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // Scala declares no checked exceptions
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "Spark does not start with the master %s: %s; yarn and k8s want the spark-submit of a"
                  .formatted(conf.get("spark.master"), e.getMessage())
              + " Spark that has them",
          e);
    }
  }
}
