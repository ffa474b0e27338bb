package io.convoy.launcher.submit;

import io.convoy.launcher.session.Placement;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import picocli.CommandLine;

/** A training of some 400 MB a state, submitted by a Spark that need not be there. */
final class Submits {
  private static final long MIB = 1L << 20;

  private Submits() {}

  static SubmitOptions options(String... words) {
    SubmitOptions options = new SubmitOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
    return options;
  }

  static GivenSettings given(SubmitOptions options) {
    return GivenSettings.of(options, new SparkConf(false), Optional.empty());
  }

  /** 1600 MiB alive in an executor, 1600 MiB in the driver. */
  static Application application(Optional<Path> file) {
    return new Application(
        "convoy train my net",
        Path.of("/opt/convoy.jar"),
        List.of("train", "my net.yaml", "--out", "hdfs:///runs/1"),
        file,
        new ExecutorMemory(
            500 * MIB, 400 * MIB, 600 * MIB, 0, 100 * MIB, 900 * MIB, false, 0, 2 * MIB),
        new DriverMemory(800 * MIB, 400 * MIB, 400 * MIB, 0, 0, 0));
  }

  static SubmitCommand command(
      String master, int tasks, int threads, List<String> behind, String... words) {
    return command(master, tasks, threads, behind, Optional.empty(), words);
  }

  static SubmitCommand command(
      String master,
      int tasks,
      int threads,
      List<String> behind,
      Optional<Path> file,
      String... words) {
    SubmitOptions options = options(words);
    GivenSettings given = given(options);
    return SubmitCommand.of(
        new SparkSubmit(Path.of("/opt/spark/bin/spark-submit"), Path.of("/opt/spark")),
        Target.of(master, options, given),
        application(file),
        Placement.of(master, tasks, threads, given.conf(), 6),
        options,
        given,
        behind);
  }
}
