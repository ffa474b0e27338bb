package io.convoy.launcher.submit;

import io.convoy.error.ConvoyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that only a cluster's master gives a meaning to; most of them are spark-submit's. */
public final class SubmitOptions {
  @Option(
      names = "--deploy-mode",
      paramLabel = "MODE",
      description = {
        "Where the driver runs: client (by default), here,",
        "or cluster, on one of the cluster's machines."
      })
  private DeployMode deployMode;

  @Option(
      names = "--driver-memory",
      paramLabel = "SIZE",
      description = "Heap of the driver; by default worked out.")
  private String driverMemory;

  @Option(
      names = "--executor-memory",
      paramLabel = "SIZE",
      description = "Heap of each executor; by default worked out.")
  private String executorMemory;

  @Option(
      names = "--executor-cores",
      paramLabel = "C",
      description = "Cores of each executor; by default --threads.")
  private String executorCores;

  @Option(names = "--queue", paramLabel = "NAME", description = "YARN's queue.")
  private String queue;

  @Option(
      names = "--conf",
      paramLabel = "key=value",
      description = "A setting of Spark's. Can be given several times.")
  private List<String> conf = new ArrayList<>();

  @Option(
      names = "--properties-file",
      paramLabel = "FILE",
      description = {"Settings of Spark's; by default those of its own", "spark-defaults.conf."})
  private Path propertiesFile;

  @Option(
      names = "--spark-home",
      paramLabel = "DIR",
      description = {
        "The Spark whose bin/spark-submit is called; by",
        "default that of SPARK_HOME, else the one on PATH."
      })
  private Path sparkHome;

  @Option(names = "--dry-run", description = "Shows the spark-submit command, runs nothing.")
  private boolean dryRun;

  /** Whether the command is only shown. */
  public boolean dryRun() {
    return dryRun;
  }

  DeployMode deployMode() {
    return deployMode;
  }

  String queue() {
    return queue;
  }

  Path propertiesFile() {
    return propertiesFile;
  }

  Path sparkHome() {
    return sparkHome;
  }

  /** The settings behind options of their own: key, and option and value. */
  Map<String, GivenSettings.Given> named() {
    Map<String, GivenSettings.Given> named = new LinkedHashMap<>();
    name(named, "spark.driver.memory", "--driver-memory", driverMemory);
    name(named, "spark.executor.memory", "--executor-memory", executorMemory);
    name(named, "spark.executor.cores", "--executor-cores", executorCores);
    return named;
  }

  private static void name(
      Map<String, GivenSettings.Given> named, String key, String option, String value) {
    if (value != null) {
      named.put(key, new GivenSettings.Given(value, option, false));
    }
  }

  /**
   * The settings of {@code --conf}.
   *
   * @throws ConvoyException of kind USAGE where one is no {@code spark.key=value}
   */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : conf) {
      int equals = setting.indexOf('=');
      if (equals < 0 || !setting.startsWith("spark.")) {
        throw ConvoyException.usage(
            "--conf must be spark.key=value, as spark-submit takes it; got '%s'", setting);
      }
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }

  /**
   * Checks that none of them is given where nothing is submitted.
   *
   * @param behind the words behind {@code --}
   * @throws ConvoyException of kind USAGE that names the first
   */
  public void requireNone(List<String> behind) {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("--deploy-mode", deployMode != null);
    named().forEach((key, value) -> given.put(value.by(), true));
    given.put("--queue", queue != null);
    given.put("--conf", !conf.isEmpty());
    given.put("--properties-file", propertiesFile != null);
    given.put("--spark-home", sparkHome != null);
    given.put("--dry-run", dryRun);
    given.put("--", !behind.isEmpty());
    given.forEach(
        (option, is) -> {
          if (is) {
            throw ConvoyException.usage(
                "%s is for spark-submit, which is called where --master is spark://HOST:PORT or"
                    + " yarn: name one, or leave %s out",
                option, option);
          }
        });
  }
}
