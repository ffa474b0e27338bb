package io.convoy.launcher.command;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.MasterProbe;
import io.convoy.launcher.session.ModuleOptions;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.session.SessionSettings;
import io.convoy.launcher.submit.SubmitOptions;
import io.convoy.launcher.submit.Target;
import io.convoy.launcher.terminal.Console;
import io.convoy.launcher.terminal.Interruption;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where to compute; the same for every command. */
public final class ClusterOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = {
        "Spark's master. For spark://HOST:PORT and yarn",
        "spark-submit is called, with memory and cores",
        "worked out. By default all runs in this process."
      })
  private String master;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description = {
        "Executors that work in step. Without a master they",
        "are processes of this machine."
      })
  private Integer executors;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = {
        "Threads of each executor; on this machine by",
        "default its processors, shared among them."
      })
  private Integer threads;

  @ArgGroup(
      validate = false,
      heading = "%nFor spark-submit; what follows -- goes to it as it is:%n")
  private final SubmitOptions submit = new SubmitOptions();

  private final SparkConf here = new SparkConf();
  private final Console console;
  private final Interruption interruption;
  private final List<String> behind;
  private Submission submission;

  /**
   * @param behind the words behind {@code --}
   */
  public ClusterOptions(Console console, Interruption interruption, List<String> behind) {
    this.console = console;
    this.interruption = interruption;
    this.behind = behind;
  }

  /** Where to compute. */
  Placement placement() {
    if (master != null) {
      Placement.requireMaster(master);
    }
    if (!submits()) {
      submit.requireNone(behind);
    }
    return Placement.of(
        master, executors, threads, given(), Runtime.getRuntime().availableProcessors());
  }

  /** Spark's settings as they stand before the session. */
  SparkConf given() {
    return submits() ? submission().given().conf() : here;
  }

  /** Whether spark-submit is called: for a cluster's master, unless it has called this process. */
  boolean submits() {
    return Target.takes(master) && !here.contains("spark.submit.deployMode");
  }

  /**
   * Whether the cluster has started this process, and may do so again when it dies: a later attempt
   * of the same application goes on with its run, without {@code --resume}.
   */
  boolean mayStartAgain() {
    return here.get("spark.submit.deployMode", "client").equals("cluster");
  }

  /**
   * What hands the command over to spark-submit.
   *
   * @throws ConvoyException of kind USAGE or RESOURCE when there is none, or no such setting
   */
  Submission submission() {
    if (submission == null) {
      submission = Submission.of(master, submit, here, behind, console, interruption);
    }
    return submission;
  }

  /** Sets what the user is told if the command is interrupted, and what ends its display. */
  void advise(String line, Runnable end) {
    interruption.advise(line, end);
  }

  /** What a cluster manager that is not Spark's own asks for. */
  private static String needs(String master) {
    return master.startsWith("local") || master.startsWith("spark:")
        ? ""
        : "; call the spark-submit of a Spark that has this cluster manager";
  }

  /**
   * Starts the session.
   *
   * @throws ConvoyException of kind RESOURCE when Spark does not start
   */
  JavaSparkContext start(Placement placement, String name) {
    return start(SessionSettings.of(placement, here, name));
  }

  /** Starts a session of tasks that know nothing of each other, one a core. */
  JavaSparkContext startTasks(Placement placement, String name) {
    SparkConf conf = SessionSettings.of(placement, here, name);
    conf.set("spark.task.cpus", here.get("spark.task.cpus", "1"));
    return start(conf);
  }

  private JavaSparkContext start(SparkConf conf) {
    ModuleOptions.requireOpen();
    MasterProbe.requireAnswer(conf.get("spark.master"));
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // Scala declares no checked exceptions
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "Spark does not start with the master %s: %s%s"
              .formatted(conf.get("spark.master"), e.getMessage(), needs(conf.get("spark.master"))),
          e);
    }
  }
}
