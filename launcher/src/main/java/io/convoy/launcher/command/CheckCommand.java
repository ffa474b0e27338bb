package io.convoy.launcher.command;

import io.convoy.check.CheckFinding;
import io.convoy.check.TrainingChecks;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.check.CheckProgress;
import io.convoy.launcher.check.CheckReport;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.place.RunName;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.terminal.Console;
import io.convoy.recipe.Recipe;
import io.convoy.trainer.RunStart;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code convoy check}: what is worth looking at before a long training. It trains a little in this
 * process; no session is started, and nothing is kept.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Looks for what would spoil a long training, in minutes.",
    description = {
      "",
      "On this machine, on the recipe's own images: the loss before the first step, the gradient"
          + " against differences, whether the network learns 32 images by heart within 200 steps,"
          + " rectifiers that are dead, how large updates are beside the weights, and which learning"
          + " rates are good. Each line begins with good or look; below the latter stands what to"
          + " do. docs/check.md says what each figure means.",
      "",
      "The exit code is 0 where all is good and 1 where there is something to look at.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy check fashion-mnist --data DIR",
      "  convoy check my-recipe.yaml --set schedule.rate=0.1",
      "  convoy check my-recipe.yaml --minutes 30 --threads 4",
      "  convoy check my-recipe.yaml --json > checks.json"
    })
public final class CheckCommand implements Callable<Integer> {
  /** The exit code where there is something to look at: none of an error. */
  private static final int LOOK = 1;

  private static final double MOST_MINUTES = 1e6;

  @Mixin private final RecipeOptions recipeOptions = new RecipeOptions();

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Kernel threads; by default this machine's processors.")
  private Integer threads;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = {
        "About how long all checks may take; by default 10. What",
        "takes longer is done in fewer steps, and that is told."
      })
  private double minutes = 10;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int working = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Placement.requireThreads(working);
    if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
      throw ConvoyException.usage("--minutes must be above 0 and at most 1000000; got %s", minutes);
    }
    RecipeFile file = recipeOptions.file();
    Recipe given =
        RecipeReader.recipe(RecipeReader.tree(file), file.place(), recipeOptions.changes());
    Locations locations = new Locations(new SparkConf());
    DataFolder folder =
        DataFolder.of(given, recipeOptions.data(), RunName.PARENT + "/check", locations);
    folder.drawIfMissing(console);
    Recipe recipe;
    try (SampleSource training = open(given, folder, locations)) {
      recipe = given.forImagesOf(training.commonShape());
    }
    try (SampleSource training = open(recipe, folder, locations)) {
      training.leftOut().forEach(console::tell);
      return check(recipe, training, locations, working);
    }
  }

  private int check(Recipe recipe, SampleSource training, Locations locations, int working) {
    recipe.requireFits(training);
    float[] start = RunStart.of(recipe, locations.files()).weights();
    TrainingChecks checks =
        new TrainingChecks(
            recipe,
            training,
            start,
            KernelProvider.kernels(),
            working,
            60 * minutes,
            System::nanoTime);
    List<CheckFinding> findings;
    CheckReport report = new CheckReport(json.given() ? line -> {} : console.out()::println);
    try (TransferProgress progress = console.transfers()) {
      findings = checks.run(new CheckProgress(progress, report));
    }
    report.end(findings);
    if (json.given()) {
      console.out().println(CheckReport.json(findings));
    }
    return CheckReport.looks(findings) == 0 ? 0 : LOOK;
  }

  private static SampleSource open(Recipe recipe, DataFolder folder, Locations locations) {
    int channels = recipe.network().inputShape().channels();
    return recipe
        .data()
        .training(locations.files(), folder.location(), channels)
        .open(locations.files());
  }
}
