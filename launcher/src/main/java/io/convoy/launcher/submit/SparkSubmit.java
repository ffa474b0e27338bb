package io.convoy.launcher.submit;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code spark-submit} that is called.
 *
 * @param program its file
 * @param home the Spark that it belongs to
 */
public record SparkSubmit(Path program, Path home) {
  private static final String PROGRAM = "bin/spark-submit";

  /**
   * Finds it: that of {@code --spark-home}, else of {@code SPARK_HOME}, else the one on {@code
   * PATH}.
   *
   * @param environment the variables of this process
   * @throws ConvoyException of kind USAGE when a named home has none, of kind RESOURCE when there
   *     is none at all
   */
  public static SparkSubmit find(SubmitOptions options, Map<String, String> environment) {
    if (options.sparkHome() != null) {
      return in(options.sparkHome(), "--spark-home " + options.sparkHome());
    }
    String home = environment.getOrDefault("SPARK_HOME", "");
    if (!home.isBlank()) {
      return in(LocalNames.path(home), "SPARK_HOME=" + home);
    }
    return onPath(environment)
        .orElseThrow(
            () ->
                ConvoyException.resource(
                    "no spark-submit is found: it is taken from --spark-home DIR, else from"
                        + " SPARK_HOME, else from PATH; install Spark 4.2 and name it by one of"
                        + " them, or, for a cluster of scripts/cluster, which needs no installed"
                        + " Spark, call scripts/cluster submit --class io.convoy.launcher.Main JAR"
                        + " train ..."));
  }

  private static SparkSubmit in(Path home, String named) {
    Path program = home.resolve(PROGRAM);
    if (!Files.isExecutable(program)) {
      throw ConvoyException.usage(
          "%s has no %s that can be run: name the folder of an installed Spark 4.2",
          named, PROGRAM);
    }
    return new SparkSubmit(program, home);
  }

  private static Optional<SparkSubmit> onPath(Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      // a File: a folder whose name means nothing here is passed over, as a shell does
      File program = new File(folder, "spark-submit");
      if (!folder.isBlank() && program.canExecute() && program.isFile()) {
        Path real = real(program.toPath());
        return Optional.of(new SparkSubmit(program.toPath(), real.getParent().getParent()));
      }
    }
    return Optional.empty();
  }

  /** Often a link leads from a folder of PATH to where Spark is. */
  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      return program.toAbsolutePath();
    }
  }

  /** The file of settings that it reads by default. */
  public Path defaults(Map<String, String> environment) {
    String folder = environment.getOrDefault("SPARK_CONF_DIR", "");
    return (folder.isBlank() ? home.resolve("conf") : LocalNames.path(folder))
        .resolve("spark-defaults.conf");
  }
}
