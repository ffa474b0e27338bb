package io.convoy.launcher;

import io.convoy.launcher.command.BoardCommand;
import io.convoy.launcher.command.CheckCommand;
import io.convoy.launcher.command.ClusterOptions;
import io.convoy.launcher.command.CompletionCommand;
import io.convoy.launcher.command.DoctorCommand;
import io.convoy.launcher.command.EnsembleCommand;
import io.convoy.launcher.command.EvaluateCommand;
import io.convoy.launcher.command.ExplainCommand;
import io.convoy.launcher.command.ExportCommand;
import io.convoy.launcher.command.FetchCommand;
import io.convoy.launcher.command.ImportCommand;
import io.convoy.launcher.command.LintCommand;
import io.convoy.launcher.command.PackCommand;
import io.convoy.launcher.command.PredictCommand;
import io.convoy.launcher.command.PreviewCommand;
import io.convoy.launcher.command.ReportCommand;
import io.convoy.launcher.command.SearchCommand;
import io.convoy.launcher.command.SummaryCommand;
import io.convoy.launcher.command.TrainCommand;
import io.convoy.launcher.command.Version;
import io.convoy.launcher.terminal.Console;
import io.convoy.launcher.terminal.Interruption;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Convoy's command line: {@code convoy train}, {@code convoy evaluate} and their kin. */
@Command(
    name = "convoy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Trains convolutional networks on Spark, in step, to the same bits everywhere.",
    footer = {
      "",
      "Examples:",
      "  convoy train                             a small network on images drawn here",
      "  convoy fetch fashion-mnist DIR           downloads Fashion-MNIST",
      "  convoy train fashion-mnist --data DIR    trains on it",
      "  convoy evaluate runs/quickstart-1        its accuracy on the test set",
      "  convoy report RUN                        a run as a page for a browser",
      "  convoy board runs                        runs in a browser, while they go",
      "  convoy predict RUN --data photo.jpg      what a network says of an image",
      "  convoy explain RUN photo.jpg --out E     where in it the network looks",
      "  convoy ensemble RUN --select last:3 --out E   checkpoints become one model",
      "  convoy export RUN --format onnx --out F  a network for other tools",
      "  convoy pack photos packs/photos          images in a few large files",
      "  convoy preview my-recipe.yaml            draws what the network sees",
      "  convoy check my-recipe.yaml              what to look at before a long training",
      "  convoy lint RUN                          faults of a training, and what to try",
      "  convoy search my-recipe.yaml             good hyper-parameters, by short trainings",
      "  convoy summary fashion-mnist             a network's layers, and their memory",
      "  convoy doctor                            what this machine lacks, if anything",
      "",
      "Exit codes: 0 done, 1 convoy check or convoy lint found something to look at,",
      "2 a mistake in the command or recipe, 3 bad data, 4 a lack of memory, disk,",
      "network or slots, 5 the training diverged, 70 a defect of Convoy."
    })
public final class Main implements Runnable {
  /** The exit code of a lack of resources, whose own class may need what is not there. */
  private static final int NOT_THERE = 4;

  /** What has to be there, and a class of it. */
  private static final List<Map.Entry<String, String>> PARTS =
      List.of(
          Map.entry("Spark", "/org/apache/spark/SparkConf.class"),
          Map.entry("Hadoop", "/org/apache/hadoop/conf/Configuration.class"));

  /** Commands that can go to spark-submit. */
  private static final Set<String> SUBMITTING =
      Set.of("train", "evaluate", "predict", "ensemble", "pack", "search");

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    StandardError.take();
    Console console = new Console(System.out, System.err);
    int exitCode = isThere(console) ? execute(arguments, console) : NOT_THERE;
    // where all went well, main just returns: YARN takes an exit inside it for a failure
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Whether Spark and Hadoop are there; asked before any of their classes is needed. */
  private static boolean isThere(Console console) {
    for (Map.Entry<String, String> part : PARTS) {
      if (Main.class.getResource(part.getValue()) == null) {
        console.tell(
            "%s is not on the class path: start Convoy by scripts/convoy, or by spark-submit --class"
                    .formatted(part.getKey())
                + " io.convoy.launcher.Main JAR, with a Spark 4.2 that brings Hadoop");
        return false;
      }
    }
    return true;
  }

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  static int execute(String[] arguments, Console console) {
    try (Interruption interruption = Interruption.watch(console)) {
      Failures failures = new Failures(console, interruption);
      List<String> words = List.of(arguments);
      int end = endOfOwn(words);
      List<String> behind = words.subList(Math.min(end + 1, words.size()), words.size());
      ClusterOptions training = new ClusterOptions(console, interruption, behind);
      ClusterOptions evaluation = new ClusterOptions(console, interruption, behind);
      ClusterOptions prediction = new ClusterOptions(console, interruption, behind);
      ClusterOptions choice = new ClusterOptions(console, interruption, behind);
      ClusterOptions trials = new ClusterOptions(console, interruption, behind);
      ClusterOptions packing = new ClusterOptions(console, interruption, behind);
      CommandLine line =
          new CommandLine(new Main())
              .addSubcommand(new TrainCommand(console, training))
              .addSubcommand(new EvaluateCommand(console, evaluation))
              .addSubcommand(new ReportCommand(console))
              .addSubcommand(new BoardCommand(console))
              .addSubcommand(new PredictCommand(console, prediction))
              .addSubcommand(new ExplainCommand(console))
              .addSubcommand(new EnsembleCommand(console, choice))
              .addSubcommand(new ExportCommand(console))
              .addSubcommand(new ImportCommand(console))
              .addSubcommand(new PackCommand(console, packing))
              .addSubcommand(new PreviewCommand(console))
              .addSubcommand(new CheckCommand(console))
              .addSubcommand(new LintCommand(console))
              .addSubcommand(new SearchCommand(console, trials))
              .addSubcommand(new SummaryCommand(console))
              .addSubcommand(new FetchCommand(console, interruption))
              .addSubcommand(new DoctorCommand(console))
              .addSubcommand(new CompletionCommand(console))
              .setOut(writer(console.out()))
              .setErr(writer(console.err()))
              .setCaseInsensitiveEnumValuesAllowed(true)
              .registerConverter(Integer.class, OptionValues::wholeNumber)
              .registerConverter(Path.class, OptionValues::path)
              .setParameterExceptionHandler(failures)
              .setExecutionExceptionHandler(failures);
      try {
        return line.execute(words.subList(0, end).toArray(String[]::new));
      } catch (OutOfMemoryError | StackOverflowError e) {
        return failures.outOfMemory(e);
      } catch (Error e) {
        return failures.defect(e);
      }
    }
  }

  /** Where the words end that are Convoy's: of some commands, what follows -- is spark-submit's. */
  private static int endOfOwn(List<String> words) {
    int end = words.indexOf("--");
    return end > 0 && SUBMITTING.contains(words.get(0)) ? end : words.size();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  @Override
  public void run() {
    List<String> names = List.copyOf(spec.subcommands().keySet());
    int last = names.size() - 1;
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: %s or %s"
            .formatted(String.join(", ", names.subList(0, last)), names.get(last)));
  }
}
