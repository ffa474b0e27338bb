package io.convoy.launcher.command;

import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.inference.TestTime;
import io.convoy.launcher.evaluation.EvaluationFigures;
import io.convoy.launcher.evaluation.EvaluationOutput;
import io.convoy.launcher.evaluation.EvaluationSubject;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.ImageBytes;
import io.convoy.launcher.terminal.Console;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.run.EvaluationFile;
import io.convoy.trainer.SparkEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy evaluate}: what a run's newest whole checkpoint makes of the test set, or its best
 * one; its averaged weights where the run keeps some. Or what an ensemble, or a checkpoint by
 * itself, makes of it.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Tests a run's newest whole checkpoint, or its best; a checkpoint; an ensemble.",
    footer = {
      "",
      "Examples:",
      "  convoy evaluate runs/quickstart-1",
      "  convoy evaluate runs/quickstart-1 --best",
      "  convoy evaluate hdfs:///runs/7 --data hdfs:///images --out figures.json",
      "  convoy evaluate hdfs:///runs/7 --master yarn --executors 4",
      "  convoy evaluate checkpoints/mine --data images",
      "  convoy evaluate ensembles/7 --tta flip"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = {
        "The folder of a run, a checkpoint or an ensemble, on",
        "any Hadoop file system."
      })
  private String run;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The images' folder; by default the run's own. What",
        "knows no run needs it, and looks how images are",
        "stored there."
      })
  private String data;

  @Option(
      names = "--best",
      description = {
        "Tests the best checkpoint by validation instead,",
        "of a run whose recipe has checkpoint.keepBest."
      })
  private boolean best;

  @Option(
      names = "--tta",
      paramLabel = "HOW",
      defaultValue = "none",
      description = {
        "Augmentation at test time: none (the default); flip,",
        "the mean of the probabilities of an image and of its",
        "mirror image; fiveCrops, of its corners and middle;",
        "tenCrops, of these and their mirror images. So many",
        "times the time."
      })
  private String testTime;

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The file of all figures, as JSON;",
        "by default evaluation.json in the run's folder."
      })
  private String out;

  @Mixin private final ClusterOptions cluster;

  private final Console console;

  public EvaluateCommand(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    Locations locations = new Locations(cluster.given());
    Placement placement = cluster.placement();
    TestTime versions = TestTime.of(testTime);
    EvaluationSubject subject = EvaluationSubject.of(run, best, versions, data, locations);
    if (cluster.submits()) {
      return submit(subject, placement, locations);
    }
    Preprocessing preprocessing = subject.preprocessing();
    Recipe recipe = preprocessing.appliedTo(subject.data().recipe());
    DataFolder images = DataFolder.of(recipe, data, run, locations);
    images.drawIfMissing(console);
    DataSet set = subject.data().test(recipe, images.location(), locations.files());
    List<String> classes = preprocessing.classes(); // none in checkpoints of old releases
    DataSet test = classes.isEmpty() ? set : set.labelledAs(classes);
    try (JavaSparkContext spark = cluster.start(placement, "convoy evaluate " + recipe.name())) {
      EvaluationFigures figures = subject.test(new SparkEvaluator(spark), recipe, test, placement);
      if (preprocessing.severalLabels() && !figures.report().confusion().isEmpty()) {
        throw ConvoyException.data(
            "%s gives an image several labels, and the images of %s have one each: name a table with"
                + " lists of labels or a packed set by --data, or a run whose recipe has"
                + " data.labelDelimiter",
            run, images.location());
      }
      EvaluationFile file =
          new EvaluationFile(run, figures.step(), versions, images.location(), figures.report());
      new EvaluationOutput(console, locations, json.given(), out)
          .tell(file, figures.accuracy(), figures.loss(), figures.subject());
    }
    return 0;
  }

  /** Hands itself over to spark-submit. */
  private int submit(EvaluationSubject subject, Placement placement, Locations locations) {
    Submission submission = cluster.submission();
    submission.requireHere("the figures are printed where the driver runs");
    Recipe recipe = subject.data().recipe();
    String images = DataFolder.of(recipe, data, run, locations).location();
    long bytes = ImageBytes.of(recipe, images, locations.files());
    long windows = ImageBytes.windows(recipe, images, locations.files(), 1);
    return submission.run(
        new Application(
            "convoy evaluate " + recipe.name(),
            Submission.jar(),
            Submission.placed(arguments(), placement),
            Optional.empty(),
            subject.executors(placement.threads(), bytes + windows),
            subject.driver().withImages(bytes)),
        placement);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("evaluate", run));
    if (data != null) {
      arguments.addAll(List.of("--data", data));
    }
    if (best) {
      arguments.add("--best");
    }
    if (!testTime.equals(TestTime.NONE.text())) {
      arguments.addAll(List.of("--tta", testTime));
    }
    arguments.addAll(json.words());
    if (out != null) {
      arguments.addAll(List.of("--out", out));
    }
    return arguments;
  }
}
