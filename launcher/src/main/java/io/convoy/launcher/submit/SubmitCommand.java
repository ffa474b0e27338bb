package io.convoy.launcher.submit;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.ModuleOptions;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.session.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A call of spark-submit.
 *
 * @param options an option and its value, or one word, each
 * @param application the jar and what follows it
 * @param report what was chosen, and why, line by line
 */
public record SubmitCommand(
    String program, List<List<String>> options, List<String> application, List<String> report) {
  private static final String MAIN = "io.convoy.launcher.Main";
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String WAIT = "spark.standalone.submit.waitAppCompletion";

  /** Settings that have options of their own in the command. */
  private static final Map<String, String> FLAGS =
      Map.of(
          "spark.app.name", "--name",
          "spark.driver.memory", "--driver-memory",
          "spark.executor.memory", "--executor-memory",
          "spark.executor.cores", "--executor-cores",
          "spark.executor.instances", "--num-executors",
          "spark.cores.max", "--total-executor-cores");

  /** Options of spark-submit that the words behind {@code --} may not hold, and what to give. */
  private static final Map<String, String> TAKEN =
      Map.ofEntries(
          Map.entry("--master", "--master before the --"),
          Map.entry("--deploy-mode", "--deploy-mode before the --"),
          Map.entry("--class", "nothing: it is Convoy's own"),
          Map.entry("--name", "--conf spark.app.name=NAME"),
          Map.entry("--conf", "--conf before the --"),
          Map.entry("-c", "--conf before the --"),
          Map.entry("--properties-file", "--properties-file before the --"),
          Map.entry("--queue", "--queue before the --"),
          Map.entry("--driver-memory", "--driver-memory before the --"),
          Map.entry("--executor-memory", "--executor-memory before the --"),
          Map.entry("--executor-cores", "--executor-cores before the --"),
          Map.entry("--num-executors", "--executors before the --"),
          Map.entry("--total-executor-cores", "--conf spark.cores.max=CORES"),
          Map.entry("--driver-java-options", "--conf " + DRIVER_OPTIONS + "=OPTIONS"));

  /** Settings that must not go on to spark-submit: the target says them. */
  private static final Set<String> SAID = Set.of("spark.submit.deployMode");

  /**
   * Builds the command.
   *
   * @param behind words for spark-submit itself
   * @throws ConvoyException of kind USAGE or RESOURCE where what was given cannot be
   */
  public static SubmitCommand of(
      SparkSubmit spark,
      Target target,
      Application application,
      Placement placement,
      SubmitOptions options,
      GivenSettings given,
      List<String> behind) {
    requireFree(behind);
    Resources resources = Resources.of(application, target, placement, given);
    Map<String, String> written = written(chosen(target, application, resources, given), given);
    List<List<String>> words = new ArrayList<>();
    words.add(List.of("--master", target.master()));
    words.add(List.of("--deploy-mode", target.mode().toString()));
    words.add(List.of("--class", MAIN));
    if (options.propertiesFile() != null) {
      words.add(List.of("--properties-file", options.propertiesFile().toString()));
    }
    if (options.queue() != null) {
      words.add(List.of("--queue", options.queue()));
    }
    written.forEach((key, value) -> words.add(setting(key, value)));
    words.addAll(paired(behind, application.file()));
    List<String> tail = new ArrayList<>();
    tail.add(application.jar().toString());
    tail.addAll(application.arguments());
    return new SubmitCommand(spark.program().toString(), words, tail, resources.report());
  }

  /** What was chosen, and what the user gave: that wins, and stays where it is in a file. */
  private static Map<String, String> written(Map<String, String> chosen, GivenSettings given) {
    Map<String, String> written = new LinkedHashMap<>(chosen);
    given
        .all()
        .forEach(
            (key, value) -> {
              boolean joined = key.equals(DRIVER_OPTIONS) && chosen.containsKey(key);
              if (value.fromFile() && !joined) {
                written.remove(key);
              } else if (!joined && !SAID.contains(key)) {
                written.put(key, value.value());
              }
            });
    return written;
  }

  /** What is set where the user sets nothing, in the order in which it is shown. */
  private static Map<String, String> chosen(
      Target target, Application application, Resources resources, GivenSettings given) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.app.name", application.name());
    settings.put("spark.driver.memory", resources.driverMemory());
    settings.put("spark.executor.memory", resources.executorMemory());
    settings.put(Resources.EXECUTOR_CORES, Integer.toString(resources.cores()));
    if (target.yarn()) {
      settings.put("spark.executor.instances", Integer.toString(resources.executors()));
      settings.put(Resources.OVERHEAD, resources.overhead());
    } else {
      int cores = resources.executors() * resources.cores();
      settings.put("spark.cores.max", Integer.toString(cores));
    }
    settings.put(Resources.TASK_CORES, Integer.toString(resources.taskCores()));
    if (target.onWorker()) {
      settings.put(WAIT, "true");
    }
    if (target.yarn() && target.away()) {
      // a worker's driver has this process's environment, YARN's has a node manager's
      settings.put("spark.yarn.appMasterEnv.LC_ALL", SessionSettings.UTF8_LOCALE);
    }
    String driver = driverOptions(target, given);
    if (!driver.isEmpty()) {
      settings.put(DRIVER_OPTIONS, driver);
    }
    return settings;
  }

  /**
   * Options of the driver's virtual machine, the user's own last, where any have to be added: a
   * standalone cluster's worker starts a driver without those of Spark's launcher.
   */
  private static String driverOptions(Target target, GivenSettings given) {
    String modules = target.onWorker() ? ModuleOptions.all() : "";
    String kernels = SessionSettings.forcedKernels();
    if (modules.isEmpty() && kernels.isEmpty()) {
      return "";
    }
    String own = given.find(DRIVER_OPTIONS).map(GivenSettings.Given::value).orElse("");
    return List.of(modules, kernels, own).stream()
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static List<String> setting(String key, String value) {
    String flag = FLAGS.get(key);
    return flag == null ? List.of("--conf", key + "=" + value) : List.of(flag, value);
  }

  private static void requireFree(List<String> behind) {
    for (String word : behind) {
      String option = word.replaceFirst("=.*", "");
      if (TAKEN.containsKey(option)) {
        throw ConvoyException.usage(
            "%s behind -- would undo what Convoy gives to spark-submit: give %s",
            option, TAKEN.get(option));
      }
    }
  }

  /** The words behind {@code --}, an option with its value; a recipe's file joins other files. */
  private static List<List<String>> paired(List<String> behind, Optional<Path> file) {
    List<List<String>> words = new ArrayList<>();
    boolean joined = file.isEmpty();
    for (int i = 0; i < behind.size(); i++) {
      String word = behind.get(i);
      boolean valued = i + 1 < behind.size() && !behind.get(i + 1).startsWith("-");
      if (word.equals("--files") && valued && file.isPresent()) {
        words.add(List.of(word, behind.get(++i) + "," + file.get()));
        joined = true;
      } else {
        words.add(valued ? List.of(word, behind.get(++i)) : List.of(word));
      }
    }
    if (!joined) {
      words.add(List.of("--files", file.orElseThrow().toString()));
    }
    return words;
  }

  /** All words, the program first. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(program);
    options.forEach(words::addAll);
    words.addAll(application);
    return words;
  }

  /** Whether spark-submit returns only when the application has ended. */
  public boolean waits() {
    return options.contains(setting(WAIT, "true"));
  }

  /** The command for a shell: an option a line. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(ShellWord.quote(program));
    options.forEach(option -> lines.add(ShellWord.join(option)));
    lines.add(ShellWord.quote(application.get(0)));
    lines.add(ShellWord.join(application.subList(1, application.size())));
    return String.join(" \\\n  ", lines);
  }
}
