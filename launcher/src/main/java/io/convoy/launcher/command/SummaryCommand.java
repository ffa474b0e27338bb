package io.convoy.launcher.command;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.recipe.SetOption;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.terminal.Console;
import io.convoy.network.Network;
import io.convoy.notation.Notation;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingMemory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy summary}: a network's layers, and what training it takes. No session is started.
 */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Shows a network's layers and what training it takes.",
    description = {
      "",
      "Multiply-adds are those of weights with activations, forward, of one image; their sum leaves"
          + " out what training alone computes. Memory is that"
          + " of one process which computes all shards, one after the other, by the plan that a"
          + " training takes its buffers by; the images themselves come on top. A layer that works in"
          + " place, or is computed with the one behind it, has no activations of its own; memory"
          + " goes from what is no longer needed to what comes next, so a step's buffers may be"
          + " smaller than all activations and their gradients together.",
      "",
      "The field is the receptive field: the height and width of what a pixel of a layer depends"
          + " on, in pixels of the image. Warnings tell what is computed as it stands, but seldom"
          + " meant.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy summary fashion-mnist",
      "  convoy summary resnet50 --set batchSize=16 --set network.classes=10",
      "  convoy summary my-recipe.yaml --set batchSize=256 --set shards=16 --threads 4",
      "  convoy summary 'INPUT(28,28,1) => [CONV(32) => RELU => POOL] * 2 => FC(10)'",
      "  convoy summary 'INPUT(28,28,1) => [CONV(32) => RELU => POOL?] * N => FC(10)' \\",
      "    --set 'network.values={N: 2, POOL?: true}'",
      "  convoy summary vgg16 --notation",
      "  convoy summary hdfs:///runs/7 --json"
    })
public final class SummaryCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RECIPE|NETWORK|RUN",
      completionCandidates = SubjectNames.class,
      description = {
        "A recipe's file, the name of one of Convoy's own,",
        "the name of a network of the zoo (in batches of 32),",
        "a network in the notation of papers (in quotes),",
        "or a run's folder, on any Hadoop file system."
      })
  private String subject;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = {
        "Changes a key of the recipe, such as batchSize=256.",
        "Can be given several times."
      })
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Kernel threads; by default this machine's processors.")
  private Integer threads;

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--notation",
      description = {
        "Prints the network in the notation of papers instead;",
        "it has to be a chain of layers."
      })
  private boolean notation;

  private final Console console;

  public SummaryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int working = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Placement.requireThreads(working);
    Recipe recipe = recipe(set.stream().map(SetOption::parse).toList());
    if (notation) {
      console.out().println(notation(recipe.network()));
      return 0;
    }
    TrainingMemory memory = TrainingMemory.of(recipe, KernelProvider.kernels(), working);
    NetworkSummary summary = new NetworkSummary(recipe, memory);
    if (json.given()) {
      console.out().println(summary.json());
    } else {
      summary.lines().forEach(console.out()::println);
    }
    return 0;
  }

  private static String notation(Network network) {
    return Notation.write(network)
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "--notation: the network is no chain of layers, each of which reads the one"
                        + " before it and the last of which is the output; see '%s'",
                    Notation.branch(network).orElseThrow().name()));
  }

  private Recipe recipe(List<SetOption> overrides) {
    if (isRun()) {
      RunFolder run = RunFolder.open(subject, new Locations(new SparkConf()).configuration());
      String place = run.location() + "/run.json";
      return RecipeReader.recipe(
          RecipeReader.mapping(run.description().recipe(), place), place, overrides);
    }
    if (subject.contains("/")
        && !Notation.isNotation(subject)
        && !Files.exists(LocalNames.path(subject))) {
      throw ConvoyException.usage(
          "%s is neither a recipe's file nor a run's folder: look for a mistyped path", subject);
    }
    RecipeFile file = RecipeFile.findOrMake(subject, RecipeOptions.home());
    return RecipeReader.recipe(RecipeReader.tree(file), file.place(), overrides);
  }

  /** A folder here, or the name of one elsewhere, which has a scheme. */
  private boolean isRun() {
    return subject.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")
        || Files.isDirectory(LocalNames.path(subject));
  }
}
