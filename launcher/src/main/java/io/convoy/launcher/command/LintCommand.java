package io.convoy.launcher.command;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.lint.LintReport;
import io.convoy.launcher.lint.RunEvidence;
import io.convoy.launcher.lint.RunImages;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.terminal.Console;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy lint}: which faults a training has, by its run's folder and its images. No session
 * is started, and nothing is kept.
 */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Names the faults of a training, with evidence and what to try.",
    description = {
      "",
      "Looks at a run's metrics, recipe and newest checkpoint, and at its images, each of which is"
          + " decoded once: a rate too high or too low, a loss that is stuck, dead rectifiers,"
          + " updates that explode or vanish, overfitting and underfitting, images that validation"
          + " or test share with training, labels that contradict each other, imbalance, small"
          + " shards, augmentation that destroys labels, pixels that were never standardised,"
          + " waiting for data, a slow executor. docs/lint.md has each rule.",
      "",
      "The exit code is 0 where nothing is found and 1 where something is.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy lint runs/quickstart-1",
      "  convoy lint hdfs:///runs/7 --no-data",
      "  convoy lint runs/7 --data DIR --json"
    })
public final class LintCommand implements Callable<Integer> {
  /** The exit code where something is found: none of an error. */
  private static final int FOUND = 1;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run, on any Hadoop file system.")
  private String run;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The images' folder; by default the run's own.")
  private String data;

  @Option(names = "--no-data", description = "Leaves the images out: the folder alone is read.")
  private boolean withoutData;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads that decode; by default this machine's processors.")
  private Integer threads;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public LintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int working = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Placement.requireThreads(working);
    if (withoutData && data != null) {
      throw ConvoyException.usage(
          "--no-data leaves images out, and --data names some: give one of them");
    }
    Locations locations = new Locations(new SparkConf());
    RunFolder folder = RunFolder.open(run, locations.configuration());
    String place = folder.location() + "/run.json";
    RunEvidence evidence =
        new RunEvidence(
            folder,
            RecipeReader.recipe(
                RecipeReader.mapping(folder.description().recipe(), place), place, List.of()));
    if (withoutData) {
      evidence.note("--no-data leaves the images out");
    } else {
      addImages(evidence, folder, locations, working);
    }
    LintReport report = evidence.report();
    json.print(console, report.json(), () -> report.lines().forEach(console.out()::println));
    return report.findings().isEmpty() ? 0 : FOUND;
  }

  /**
   * Images that are not where the run's recipe says are told, and those that a user names must be.
   */
  private void addImages(RunEvidence evidence, RunFolder folder, Locations locations, int working) {
    Recipe recipe = evidence.recipe();
    try (TransferProgress progress = console.transfers();
        RunImages images =
            RunImages.open(
                folder.description(),
                recipe,
                folder.location(),
                DataFolder.of(recipe, data, run, locations).location(),
                locations.files(),
                working,
                progress)) {
      evidence.addImages(images, working, progress);
    } catch (ConvoyException e) {
      if (data != null) {
        throw e;
      }
      evidence.note(e.getMessage() + "; where the images are elsewhere, --data names their folder");
    }
  }
}
