package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationTable;
import io.convoy.json.Json;
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
import io.convoy.run.RunFolder;
import io.convoy.train.Evaluator;
import io.convoy.trainer.Evaluation;
import io.convoy.trainer.SparkTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy evaluate}: what a run's newest whole checkpoint makes of the test set, or its best
 * one; its averaged weights where the run keeps some.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Tests the newest whole checkpoint of a run, or its best.",
    footer = {
      "",
      "Examples:",
      "  convoy evaluate runs/quickstart-1",
      "  convoy evaluate runs/quickstart-1 --best",
      "  convoy evaluate hdfs:///runs/7 --data hdfs:///images --out figures.json",
      "  convoy evaluate hdfs:///runs/7 --master yarn --executors 4"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The run's folder, on any Hadoop file system.")
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
    Placement placement = cluster.placement();
    Locations locations = new Locations(cluster.given());
    RunFolder folder = RunFolder.open(run, locations.configuration());
    String place = folder.location() + "/run.json";
    Recipe own =
        RecipeReader.recipe(
            RecipeReader.mapping(folder.description().recipe(), place), place, List.of());
    if (cluster.submits()) {
      return submit(own, placement, locations);
    }
    Checkpoint checkpoint = checkpoint(folder, own);
    Optional<Preprocessing> preprocessing = Optional.ofNullable(checkpoint.preprocessing());
    Recipe recipe = preprocessing.map(known -> known.appliedTo(own)).orElse(own);
    DataFolder images = DataFolder.of(recipe, data, run, locations);
    images.drawIfMissing(console);
    int channels = recipe.network().inputShape().channels();
    DataSet files =
        recipe
            .data()
            .test(locations.files(), images.location(), channels)
            .orElseThrow(() -> noTest(recipe, images.location()));
    DataSet test = preprocessing.map(known -> files.labelledAs(known.classes())).orElse(files);
    float[] weights = checkpoint.state().inferenceWeights();
    try (JavaSparkContext spark = cluster.start(placement, "convoy evaluate " + recipe.name())) {
      Evaluation evaluation =
          new SparkTrainer(spark)
              .evaluate(recipe, weights, test, placement.executors(), placement.threads());
      EvaluationFile file =
          new EvaluationFile(
              run, checkpoint.metadata().step(), images.location(), evaluation.report());
      print(file, evaluation.result());
      write(file, folder, locations);
    }
    return 0;
  }

  private static ConvoyException noTest(Recipe recipe, String folder) {
    return ConvoyException.usage(
        "%s has no test set: name a folder that has one by --data: %s",
        folder, recipe.data().format().expected());
  }

  /** Hands itself over to spark-submit. */
  private int submit(Recipe recipe, Placement placement, Locations locations) {
    Submission submission = cluster.submission();
    submission.requireHere("the figures are printed where the driver runs");
    List<String> arguments = new ArrayList<>(List.of("evaluate", run));
    if (data != null) {
      arguments.addAll(List.of("--data", data));
    }
    if (best) {
      arguments.add("--best");
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
            ExecutorMemory.evaluation(
                recipe, KernelProvider.kernels(), placement.threads(), bytes + windows),
            DriverMemory.evaluation(recipe).withImages(bytes)),
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

  private void print(EvaluationFile file, Evaluator.Result result) {
    if (json) {
      ObjectNode object = Json.object();
      object.put("run", run).put("step", file.step()).put("samples", result.samples());
      object.put("testAccuracy", result.accuracy()).put("testLoss", result.loss());
      object.set("figures", Json.tree(file.figures()));
      console.out().println(object);
      return;
    }
    console
        .out()
        .printf(
            Locale.ROOT,
            "test accuracy %.2f %% (%d of %d images)%ntest loss     %.4f%ncheckpoint    step %d of"
                + " %s%n%n",
            100 * result.accuracy(),
            result.correct(),
            result.samples(),
            result.loss(),
            file.step(),
            run);
    EvaluationTable.lines(file.figures()).forEach(console.out()::println);
  }

  /** A run of somebody else's, which cannot be written to, is evaluated all the same. */
  private void write(EvaluationFile file, RunFolder folder, Locations locations) {
    try {
      file.write(out == null ? folder.location() + "/" + RunFolder.EVALUATION : out, locations);
    } catch (ConvoyException e) {
      if (out != null) {
        throw e;
      }
      console
          .err()
          .println("the figures are not kept: " + e.getMessage() + "; --out FILE keeps them");
    }
  }
}
