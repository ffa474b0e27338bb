package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.data.image.Background;
import io.convoy.ensemble.Ensemble;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.inference.Classifier;
import io.convoy.inference.Model;
import io.convoy.inference.TestTime;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.ImageBytes;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.Models;
import io.convoy.run.RunFolder;
import io.convoy.run.WhichCheckpoint;
import io.convoy.train.Evaluator;
import io.convoy.trainer.Evaluation;
import io.convoy.trainer.SparkEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy evaluate}: what a run's newest whole checkpoint makes of the test set, or its best
 * one; its averaged weights where the run keeps some. Or what an ensemble makes of it.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Tests the newest whole checkpoint of a run, or its best, or an ensemble.",
    footer = {
      "",
      "Examples:",
      "  convoy evaluate runs/quickstart-1",
      "  convoy evaluate runs/quickstart-1 --best",
      "  convoy evaluate hdfs:///runs/7 --data hdfs:///images --out figures.json",
      "  convoy evaluate hdfs:///runs/7 --master yarn --executors 4",
      "  convoy evaluate ensembles/7 --tta flip"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run or an ensemble, on any Hadoop file system.")
  private String run;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The images' folder; by default the run's own.")
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
        "Augmentation at test time: none (the default), or",
        "flip, the mean of the probabilities of an image and",
        "of its mirror image. It takes twice the time."
      })
  private String testTime;

  @Option(names = "--json", description = "Prints one JSON object instead of tables.")
  private boolean json;

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
    if (EnsembleFolder.isEnsemble(run, locations.configuration())) {
      return ofEnsemble(versions, placement, locations);
    }
    RunFolder folder = RunFolder.open(run, locations.configuration());
    Recipe own = recipe(folder.description().recipe(), folder.location() + "/run.json");
    if (versions.versions() > 1) {
      WhichCheckpoint which = best ? WhichCheckpoint.BEST : WhichCheckpoint.NEWEST;
      Model model = Models.load(run, which, locations.configuration());
      return ofClassifier(model, model.preprocessing(), versions, own, placement, locations);
    }
    if (cluster.submits()) {
      return submit(
          own,
          placement,
          locations,
          bytes ->
              ExecutorMemory.evaluation(own, KernelProvider.kernels(), placement.threads(), bytes),
          DriverMemory.evaluation(own));
    }
    return ofRun(folder, own, placement, locations);
  }

  private static Recipe recipe(JsonNode tree, String place) {
    return RecipeReader.recipe(RecipeReader.mapping(tree, place), place, List.of());
  }

  private int ofRun(RunFolder folder, Recipe own, Placement placement, Locations locations) {
    Checkpoint checkpoint = checkpoint(folder, own);
    Optional<Preprocessing> preprocessing = Optional.ofNullable(checkpoint.preprocessing());
    Recipe recipe = preprocessing.map(known -> known.appliedTo(own)).orElse(own);
    DataFolder images = DataFolder.of(recipe, data, run, locations);
    DataSet files = test(recipe, images, locations);
    DataSet test = preprocessing.map(known -> files.labelledAs(known.classes())).orElse(files);
    float[] weights = checkpoint.state().inferenceWeights();
    try (JavaSparkContext spark = cluster.start(placement, "convoy evaluate " + recipe.name())) {
      Evaluation evaluation =
          new SparkEvaluator(spark)
              .evaluate(recipe, weights, test, placement.executors(), placement.threads());
      long step = checkpoint.metadata().step();
      EvaluationFile file =
          new EvaluationFile(run, step, TestTime.NONE, images.location(), evaluation.report());
      Evaluator.Result result = evaluation.result();
      output(locations)
          .tell(
              file,
              result.accuracy(),
              result.loss(),
              "checkpoint    step %s of %s".formatted(step, run));
    }
    return 0;
  }

  private int ofEnsemble(TestTime versions, Placement placement, Locations locations) {
    if (best) {
      throw ConvoyException.usage(
          "%s is an ensemble, so there is no best checkpoint: leave --best out, or name a run",
          run);
    }
    JsonNode recipe =
        EnsembleFolder.recipe(run, locations.configuration())
            .orElseThrow(
                () ->
                    ConvoyException.usage(
                        "%s does not know how images are stored: the run of its first member was"
                            + " gone when it was made; make it anew where its runs are",
                        run));
    Ensemble ensemble = EnsembleFolder.load(run, locations.configuration());
    Recipe own = recipe(recipe, run + "/ensemble.json: recipe");
    Preprocessing first = ensemble.members().get(0).preprocessing();
    return ofClassifier(ensemble, first, versions, own, placement, locations);
  }

  /**
   * What there are probabilities of, but no logits.
   *
   * @param preprocessing of the network whose run the recipe is of, which has the classes' names
   */
  private int ofClassifier(
      Classifier classifier,
      Preprocessing preprocessing,
      TestTime versions,
      Recipe own,
      Placement placement,
      Locations locations) {
    requireOneBackground(classifier);
    if (cluster.submits()) {
      return submit(
          own,
          placement,
          locations,
          bytes ->
              ExecutorMemory.evaluation(
                  classifier, KernelProvider.kernels(), placement.threads(), bytes),
          DriverMemory.evaluation(classifier));
    }
    Recipe recipe = preprocessing.appliedTo(own);
    DataFolder images = DataFolder.of(recipe, data, run, locations);
    DataSet test = test(recipe, images, locations).labelledAs(preprocessing.classes());
    try (JavaSparkContext spark = cluster.start(placement, "convoy evaluate " + recipe.name())) {
      EvaluationReport report =
          new SparkEvaluator(spark)
              .evaluate(
                  classifier, versions, recipe, test, placement.executors(), placement.threads());
      EvaluationFile file = new EvaluationFile(run, null, versions, images.location(), report);
      double loss = report.loss() == null ? Double.NaN : report.loss().value();
      output(locations)
          .tell(file, report.accuracy().value(), loss, "by            " + classifier.name());
    }
    return 0;
  }

  private EvaluationOutput output(Locations locations) {
    return new EvaluationOutput(console, locations, json, out);
  }

  private static void requireOneBackground(Classifier classifier) {
    List<Background> backgrounds =
        classifier.models().stream()
            .map(model -> model.preprocessing().seenThrough())
            .distinct()
            .toList();
    if (backgrounds.size() > 1) {
      throw ConvoyException.usage(
          "%s: evaluate reads images over one background; the members have %s: convoy predict takes"
              + " each member's own",
          classifier.name(), backgrounds);
    }
  }

  private DataSet test(Recipe recipe, DataFolder images, Locations locations) {
    images.drawIfMissing(console);
    int channels = recipe.network().inputShape().channels();
    return recipe
        .data()
        .test(locations.files(), images.location(), channels)
        .orElseThrow(() -> noTest(recipe, images.location()));
  }

  private static ConvoyException noTest(Recipe recipe, String folder) {
    return ConvoyException.usage(
        "%s has no test set: name a folder that has one by --data: %s",
        folder, recipe.data().format().expected());
  }

  /** Hands itself over to spark-submit. */
  private int submit(
      Recipe recipe,
      Placement placement,
      Locations locations,
      LongFunction<ExecutorMemory> executors,
      DriverMemory driver) {
    Submission submission = cluster.submission();
    submission.requireHere("the figures are printed where the driver runs");
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
    if (json) {
      arguments.add("--json");
    }
    if (out != null) {
      arguments.addAll(List.of("--out", out));
    }
    String images = DataFolder.of(recipe, data, run, locations).location();
    long bytes = ImageBytes.of(recipe, images, locations.files());
    long windows = ImageBytes.windows(recipe, images, locations.files(), 1);
    return submission.run(
        new Application(
            "convoy evaluate " + recipe.name(),
            Submission.jar(),
            Submission.placed(arguments, placement),
            Optional.empty(),
            executors.apply(bytes + windows),
            driver.withImages(bytes)),
        placement);
  }

  private Checkpoint checkpoint(RunFolder folder, Recipe recipe) {
    CheckpointStore checkpoints = folder.checkpoints(CheckpointStore.KEEP_LAST);
    StateLayout layout = recipe.network().layout();
    if (best) {
      return checkpoints
          .loadBestWeights(layout)
          .orElseThrow(
              () ->
                  ConvoyException.usage(
                      "%s keeps no best checkpoint: it takes validation and checkpoint.keepBest:"
                          + " true in the recipe, and a checkpoint; without --best, the newest one"
                          + " is tested",
                      run));
    }
    return checkpoints
        .loadNewestWeights(layout)
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "%s has no checkpoint yet: go on with it by convoy train --resume --out %s",
                    run, run));
  }
}
