package io.convoy.launcher.command;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.session.MasterProbe;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.GivenSettings;
import io.convoy.launcher.submit.SparkSubmit;
import io.convoy.launcher.submit.SubmitCommand;
import io.convoy.launcher.submit.SubmitOptions;
import io.convoy.launcher.submit.SubmitProcess;
import io.convoy.launcher.submit.Target;
import io.convoy.launcher.terminal.Console;
import io.convoy.launcher.terminal.Interruption;
import io.convoy.release.OwnJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import picocli.CommandLine;

/**
 * Hands a command over to spark-submit: the same command without what was for the submission.
 *
 * @param given Spark's settings as the user gave them
 * @param behind words for spark-submit itself
 */
record Submission(
    SparkSubmit spark,
    Target target,
    SubmitOptions options,
    GivenSettings given,
    List<String> behind,
    Console console,
    Interruption interruption) {
  private static final List<String> HADOOP = List.of("HADOOP_CONF_DIR", "YARN_CONF_DIR");

  static Submission of(
      String master,
      SubmitOptions options,
      SparkConf here,
      List<String> behind,
      Console console,
      Interruption interruption) {
    Map<String, String> environment = System.getenv();
    SparkSubmit spark = SparkSubmit.find(options, environment);
    GivenSettings given = GivenSettings.of(options, here, Optional.of(spark.defaults(environment)));
    Target target = Target.of(master, options, given);
    if (target.yarn()) {
      requireHadoop(environment);
    }
    return new Submission(spark, target, options, given, behind, console, interruption);
  }

  /** Without the cluster's settings nobody knows where YARN is. */
  static void requireHadoop(Map<String, String> environment) {
    List<String> set =
        HADOOP.stream().filter(name -> !environment.getOrDefault(name, "").isBlank()).toList();
    if (set.isEmpty()) {
      throw ConvoyException.usage(
          "--master yarn needs HADOOP_CONF_DIR or YARN_CONF_DIR: set one to the folder of the"
              + " cluster's yarn-site.xml and core-site.xml");
    }
    for (String name : set) {
      if (!Files.isDirectory(LocalNames.path(environment.get(name)))) {
        throw ConvoyException.usage(
            "%s must be the folder of the cluster's yarn-site.xml and core-site.xml; got %s, which"
                + " is no folder",
            name, environment.get(name));
      }
    }
  }

  /**
   * Convoy's one jar: what this class was loaded from.
   *
   * @throws ConvoyException of kind USAGE when that is anything else
   */
  static Path jar() {
    OwnJar own = OwnJar.of(Submission.class);
    Optional<Path> withLibraries = OwnJar.of(CommandLine.class).file();
    return own.file()
        .filter(jar -> withLibraries.equals(Optional.of(jar)))
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "what is submitted is Convoy's one jar, but this is Convoy from %s: start it by"
                        + " scripts/convoy, which builds the jar, or call mvn -Dquick -DskipTests"
                        + " package and run launcher/target/convoy-VERSION.jar",
                    own));
  }

  /** A command's words with the numbers of tasks and threads, so that the driver has the same. */
  static List<String> placed(List<String> arguments, Placement placement) {
    return Stream.concat(
            arguments.stream(),
            Stream.of(
                "--executors", Integer.toString(placement.executors()),
                "--threads", Integer.toString(placement.threads())))
        .toList();
  }

  /**
   * Checks that the driver runs in this terminal.
   *
   * @param why it has to
   */
  void requireHere(String why) {
    if (target.away()) {
      throw ConvoyException.usage("--deploy-mode cluster is of no use here: %s; leave it out", why);
    }
  }

  /**
   * Checks that a folder means the same to a driver on another machine.
   *
   * @param folder null where the user named none
   * @throws ConvoyException of kind USAGE when it is relative to this machine's working directory
   */
  void requireReachable(String option, String folder, Locations locations) {
    if (!target.away()) {
      return;
    }
    if (folder == null) {
      throw ConvoyException.usage(
          "--deploy-mode cluster needs %s: the driver runs on another machine, in a folder of its"
              + " own; name a full path that all machines see, such as hdfs://HOST/PATH",
          option);
    }
    boolean full = folder.startsWith("/") || folder.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    boolean here = locations.local(folder).isPresent();
    if (here && !full) {
      throw ConvoyException.usage(
          "%s %s is a path below this machine's working directory, but with --deploy-mode cluster"
              + " the driver runs on another machine, in a folder of its own: name a full path"
              + " that all machines see, such as hdfs://HOST/PATH",
          option, folder);
    }
    if (here) {
      console.tell("%s %s must be one folder that all machines see".formatted(option, folder));
    }
  }

  /** Whether spark-submit brings files to the driver: YARN does, a standalone cluster does not. */
  boolean carriesFiles() {
    return target.away() && target.yarn();
  }

  /** What a file is called where the driver runs. */
  String nameThere(Path file) {
    if (carriesFiles()) {
      return file.getFileName().toString();
    }
    return (target.away() ? file.toAbsolutePath().normalize() : file).toString();
  }

  /** Runs an application whose success its exit status tells. */
  int run(Application application, Placement placement) {
    return submit(command(application, placement));
  }

  /**
   * Runs a training. Of a driver on a standalone cluster's worker spark-submit tells no failure:
   * there the run's result does.
   *
   * @param run its folder
   * @param resume whether there may be a result of before
   */
  int run(
      Application application,
      Placement placement,
      String run,
      boolean resume,
      Locations locations) {
    SubmitCommand command = command(application, placement);
    if (!command.waits() || options.dryRun()) {
      return submit(command);
    }
    String result = run + "/result.json";
    boolean before = !resume && locations.exists(result);
    int status = submit(command);
    if (status != 0 || (locations.exists(result) && !before)) {
      return status;
    }
    throw ConvoyException.resource(
        "the driver on the cluster ended without a new %s, so it failed (spark-submit does not say):"
            + " its log is in the worker's folder of the driver, which the master's web page links"
            + " to",
        result);
  }

  private SubmitCommand command(Application application, Placement placement) {
    return SubmitCommand.of(spark, target, application, placement, options, given, behind);
  }

  private int submit(SubmitCommand command) {
    command.report().forEach(console::tell);
    if (target.away() && !target.yarn()) {
      console.tell(
          "the jar, and a recipe's file if one is named, must be where every worker finds"
              + " it under the same path");
    }
    if (options.dryRun()) {
      console.out().println(command.text());
      return 0;
    }
    MasterProbe.requireAnswer(target.master());
    interruption.advise(
        target.away()
            ? "interrupted; the driver goes on on the cluster: end it there, by "
                + (target.yarn() ? "yarn application -kill ID" : "the master's web page")
            : "");
    return SubmitProcess.run(command, spark);
  }
}
