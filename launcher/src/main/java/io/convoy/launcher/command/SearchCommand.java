package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.place.RunName;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.recipe.RangeOption;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.search.DrawnRecipes;
import io.convoy.launcher.search.SearchProgress;
import io.convoy.launcher.search.TrialOptions;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.ImageBytes;
import io.convoy.launcher.submit.ShellWord;
import io.convoy.launcher.terminal.Console;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.recipe.Recipe;
import io.convoy.search.SearchReport;
import io.convoy.search.SearchTable;
import io.convoy.trials.HyperparameterSearch;
import io.convoy.trials.SearchJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy search}: hyper-parameters, drawn at random and tried for a few epochs. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Searches hyper-parameters: draws them, and trains a little with each.",
    description = {
      "",
      "Values are drawn at random, by default of the learning rate, weight decay, dropout and label"
          + " smoothing, as far as the recipe has them. All trials are trained for a few epochs; the"
          + " best third of them goes on for three times as many, and so on. What they are compared"
          + " on is held back of the training set; the test set has no part in it. Trials are Spark"
          + " tasks, as many side by side as there are cores and memory for; none of that changes"
          + " what comes out. DIR gets trials.csv, search.json and best.yaml, the whole recipe with"
          + " the best values. docs/search.md says more.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy search fashion-mnist --data DIR",
      "  convoy search my-recipe.yaml --range schedule.rate=1e-3..1 \\",
      "      --range 'batchSize=64|128|256' --trials 50 --max-epochs 27",
      "  convoy search my-recipe.yaml --space ranges.yaml --folds 5",
      "  convoy search my-recipe.yaml --out runs/my-search --resume",
      "  convoy train runs/my-search/best.yaml"
    })
public final class SearchCommand implements Callable<Integer> {
  @Mixin private final RecipeOptions recipeOptions = new RecipeOptions();

  @Mixin private final TrialOptions trials = new TrialOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "The search's folder, new or empty, on any Hadoop",
        "file system. By default runs/<recipe>-search-<n>."
      })
  private String out;

  @Option(names = "--resume", description = "Goes on with --out where it was ended.")
  private boolean resume;

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final ClusterOptions cluster;

  private final Console console;

  public SearchCommand(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    if (resume && out == null) {
      throw ConvoyException.usage(
          "--resume needs --out DIR: the folder of the search to go on with");
    }
    List<RangeOption> given = trials.ranges();
    Placement placement = cluster.placement();
    Locations locations = new Locations(cluster.given());
    RecipeFile file = recipeOptions.file();
    ObjectNode tree = RecipeReader.changed(RecipeReader.tree(file), recipeOptions.changes());
    Recipe recipe = RecipeReader.recipe(tree.deepCopy(), file.place(), List.of());
    String name = (recipe.name().isBlank() ? file.stem() : recipe.name()) + "-search";
    if (cluster.submits()) {
      requirePlaces(recipe, locations);
    }
    String folder = out == null ? RunName.firstFree(locations.files(), name) : out;
    DataFolder images = DataFolder.of(recipe, recipeOptions.data(), folder, locations);
    ((ObjectNode) tree.get("data")).put("path", images.location());
    DrawnRecipes drawn = new DrawnRecipes(tree, file.place(), given, trials.of(recipe));
    if (cluster.submits()) {
      return submit(recipe, folder, given, images.location(), placement, locations);
    }
    images.drawIfMissing(console);
    SearchJob job = job(drawn, recipe, folder, images.location(), placement, locations);
    search(job, drawn, placement, locations);
    return 0;
  }

  private SearchJob job(
      DrawnRecipes drawn,
      Recipe recipe,
      String folder,
      String images,
      Placement placement,
      Locations locations) {
    int channels = recipe.network().inputShape().channels();
    return new SearchJob(
        drawn.trials(),
        drawn.space(),
        trials.of(recipe),
        recipe.data().training(locations.files(), images, channels),
        imageBytes(recipe, images, placement, locations),
        locations.absolute(folder),
        resume,
        placement.executors(),
        placement.threads());
  }

  /** In an executor: the set, and what each of its tasks has open of it. */
  private static long imageBytes(
      Recipe recipe, String images, Placement placement, Locations locations) {
    return ImageBytes.of(recipe, images, locations.files())
        + placement.threads()
            * ImageBytes.windows(recipe, images, locations.files(), recipe.shards());
  }

  private void search(SearchJob job, DrawnRecipes drawn, Placement placement, Locations locations) {
    try (JavaSparkContext spark =
            cluster.startTasks(placement, "convoy search " + recipeOptions.name());
        TransferProgress progress = console.transfers()) {
      cluster.advise(
          "interrupted; the same command with "
              + ShellWord.join(List.of("--resume", "--out", job.out()))
              + " goes on",
          progress::close);
      progress.say(
          "%s trials, at most %s epochs of training in all, into %s"
              .formatted(
                  job.trials().size(),
                  job.options().parts() * job.options().rungs().epochsOf(job.trials().size()),
                  job.out()));
      SearchProgress shown = new SearchProgress(progress, job.options());
      SearchReport report = new HyperparameterSearch(spark, job, drawn, shown).run();
      progress.close();
      print(report, job.out(), locations);
    }
  }

  private void print(SearchReport report, String folder, Locations locations) {
    if (json.given()) {
      console.out().println(Json.text(report));
      return;
    }
    new SearchTable(report).lines().forEach(console.out()::println);
    console.out().println();
    report.warnings().forEach(warning -> console.out().println("warning: " + warning));
    if (report.failed() > 0) {
      console.out().println("%s of the trials failed".formatted(report.failed()));
    }
    console.out().println(next(folder + "/best.yaml", locations));
  }

  /** A recipe is read from this machine. */
  private static String next(String best, Locations locations) {
    return locations
        .local(best)
        .map(path -> "Next: scripts/convoy " + ShellWord.join(List.of("train", path.toString())))
        .orElse("%s holds the best recipe: fetch it, and train it by convoy train".formatted(best));
  }

  /** Where the driver is on another machine, folders have to mean the same there. */
  private void requirePlaces(Recipe recipe, Locations locations) {
    Submission submission = cluster.submission();
    submission.requireReachable("--out", out, locations);
    String data = recipeOptions.data();
    submission.requireReachable("--data", data == null ? recipe.data().path() : data, locations);
    if (recipe.fineTuning() != null && recipe.fineTuning().weights() != null) {
      submission.requireReachable("fineTuning.weights", recipe.fineTuning().weights(), locations);
    }
  }

  /** Hands itself over to spark-submit: a trial a core. */
  private int submit(
      Recipe recipe,
      String folder,
      List<RangeOption> given,
      String images,
      Placement placement,
      Locations locations) {
    Submission submission = cluster.submission();
    String named = recipeOptions.name();
    Optional<Path> file = Optional.of(LocalNames.path(named)).filter(Files::isRegularFile);
    List<String> arguments = new ArrayList<>(List.of("search"));
    arguments.add(file.map(submission::nameThere).orElse(named));
    arguments.addAll(arguments(recipe, folder, given));
    return submission.run(
        new Application(
            "convoy search " + recipe.name(),
            Submission.jar(),
            Submission.placed(arguments, placement),
            file.filter(path -> submission.carriesFiles()).map(Path::toAbsolutePath),
            ExecutorMemory.training(
                recipe.forImagesOf(Optional.empty()), // of any size, as long as nobody looked
                KernelProvider.kernels(),
                1,
                1,
                imageBytes(recipe, images, placement, locations)),
            DriverMemory.of(recipe, 1).withImages(ImageBytes.of(recipe, images, locations.files())),
            true),
        placement);
  }

  private List<String> arguments(Recipe recipe, String folder, List<RangeOption> given) {
    List<String> words = new ArrayList<>(List.of("--out", folder));
    if (recipeOptions.data() != null) {
      words.addAll(List.of("--data", recipeOptions.data()));
    }
    recipeOptions.set().forEach(change -> words.addAll(List.of("--set", change)));
    given.forEach(range -> words.addAll(range.words()));
    words.addAll(trials.words(recipe));
    if (resume) {
      words.add("--resume");
    }
    words.addAll(json.words());
    return words;
  }
}
