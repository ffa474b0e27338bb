package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.WorkPool;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.terminal.Console;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.report.MissingPictures;
import io.convoy.report.RunReport;
import io.convoy.run.Models;
import io.convoy.run.RunFolder;
import io.convoy.run.StoredModel;
import io.convoy.run.WhichCheckpoint;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy report}: a run as one page for a browser. No session is started. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Shows a run as one page for a browser.",
    description = {
      "",
      "Writes report.html into the run's folder: curves, confusion, classes, calibration, mistakes,"
          + " layers, and where the run comes from. One file that needs no network. What has not"
          + " been measured yet is said: convoy evaluate brings the confusion. Pictures and times"
          + " of layers, which the end of a training makes, are made here where they are missing,"
          + " from the newest checkpoint.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy report runs/quickstart-1",
      "  convoy report hdfs:///runs/7 --out seven.html",
      "  convoy report hdfs:///runs/7 --no-pictures"
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run, on any Hadoop file system.")
  private String run;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The page, on any Hadoop file system; by default",
        "report.html in the run's folder."
      })
  private String out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The images' folder; by default the run's own.")
  private String data;

  @Option(
      names = "--no-pictures",
      description = {
        "Makes no pictures and times no layers, which takes",
        "some seconds and reads images."
      })
  private boolean plain;

  private final Console console;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Locations locations = new Locations(new SparkConf());
    RunFolder folder = RunFolder.open(run, locations.configuration());
    String page = out == null ? folder.location() + "/" + RunReport.FILE : locations.absolute(out);
    if (!plain && MissingPictures.lacking(folder)) {
      try {
        makePictures(folder, locations);
      } catch (ConvoyException e) {
        console.tell("no pictures: " + e.getMessage());
      }
    }
    RunReport.write(folder, new Path(page), locations.configuration());
    console.out().println("report " + page);
    return 0;
  }

  private void makePictures(RunFolder folder, Locations locations) {
    Configuration configuration = locations.configuration();
    JsonNode known = folder.description().recipe();
    Recipe given = RecipeReader.recipe(RecipeReader.mapping(known, run), run, List.of());
    StoredModel stored = Models.find(run, WhichCheckpoint.NEWEST, configuration);
    Recipe recipe = stored.model().preprocessing().appliedTo(given);
    DataFolder images = DataFolder.of(recipe, data, run, locations);
    images.drawIfMissing(console);
    int channels = recipe.network().inputShape().channels();
    DataOptions options = recipe.data();
    console.tell(
        "pictures are made from the checkpoint of step %s; --no-pictures goes without"
            .formatted(stored.step()));
    try (WorkPool pool = new WorkPool(Runtime.getRuntime().availableProcessors())) {
      new MissingPictures(folder, recipe, locations.files(), configuration)
          .make(
              stored.model(),
              options.training(locations.files(), images.location(), channels),
              options
                  .test(locations.files(), images.location(), channels)
                  .map(set -> set.labelledAs(stored.model().preprocessing().classes())),
              pool);
    }
  }
}
