package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.MemberSelection;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.Models;
import io.convoy.run.RunFolder;
import io.convoy.run.WhichCheckpoint;
import io.convoy.schedule.Cycles;
import io.convoy.selection.EnsembleListener;
import io.convoy.selection.EnsembleRequest;
import io.convoy.selection.EnsembleSelection;
import io.convoy.selection.MemberPool;
import io.convoy.selection.MemberRun;
import io.convoy.selection.SelectionReport;
import io.convoy.selection.SelectionReport.Line;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingSplit;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Small runs for ensembles, and what an ensemble is compared with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EnsembleRuns {
  static final int SAMPLES = 157;
  static final int HELD_BACK = 40;
  static final Configuration CONFIGURATION = new Configuration();
  static final LocalFiles FILES = new LocalFiles();

  /** 12 steps; checkpoints after 3, 6, 9 and 12, and 6 and 12 end a cycle. */
  static final Recipe RECIPE =
      Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS).toBuilder()
          .schedule(new Cycles(0.02, 0, 0, 2))
          .checkpoint(new CheckpointOptions(3, 4))
          .validation(new ValidationOptions(null, HELD_BACK, 5L))
          .build();

  Path folder;
  JavaSparkContext spark;
  Path images;
  int made;

  @BeforeAll
  void train(@TempDir Path temporary) throws IOException {
    folder = temporary;
    images = draw("images", SAMPLES);
    spark = Sessions.local();
    run("one", RECIPE);
    run("two", RECIPE.toBuilder().seed(8).build());
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  Path draw(String name, int samples) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    IdxDataSet data = Trainings.data(place, samples);
    Files.copy(Path.of(data.images()), place.resolve("train-images-idx3-ubyte"));
    Files.copy(Path.of(data.labels()), place.resolve("train-labels-idx1-ubyte"));
    return place;
  }

  static DataSet data(Path place) {
    return RECIPE.data().training(new LocalFiles(), place.toString(), 1);
  }

  void run(String name, Recipe recipe) {
    run(name, recipe, images);
  }

  void run(String name, Recipe recipe, Path place) {
    new SparkTrainer(spark)
        .train(Runs.job(recipe, data(place), folder.resolve(name), 1), new TrainingListener() {});
  }

  MemberRun member(String name) {
    RunFolder run = RunFolder.open(folder.resolve(name).toString(), CONFIGURATION);
    return new MemberRun(
        name, run, Json.value(run.description().recipe(), Recipe.class, "run.json"));
  }

  MemberPool pool(String selection, String... runs) {
    return pool(true, selection, runs);
  }

  MemberPool pool(boolean heldBack, String selection, String... runs) {
    return MemberPool.of(
        List.of(runs).stream().map(this::member).toList(), MemberSelection.of(selection), heldBack);
  }

  final List<String> said = new ArrayList<>();

  SelectionReport choose(Path out, String take, String selection, String... runs) {
    return choose(null, 1, out, take, selection, runs);
  }

  SelectionReport choose(
      Path validation, int executors, Path out, String take, String selection, String... runs) {
    said.clear();
    String own = validation == null ? null : validation.toString();
    EnsembleListener listener =
        new EnsembleListener() {
          @Override
          public void say(String line) {
            said.add(line);
          }
        };
    return new EnsembleSelection(spark, pool(own == null, selection, runs), listener)
        .run(new EnsembleRequest(images.toString(), own, take, out.toString()), executors, 1)
        .report();
  }

  Path out() {
    return folder.resolve("ensemble-" + made++);
  }

  static List<String> members(SelectionReport report) {
    return report.members().stream().map(one -> one.run() + " " + one.step()).toList();
  }

  static List<String> names(SelectionReport report) {
    return report.candidates().stream().map(Line::name).toList();
  }

  static Line line(SelectionReport report, String name) {
    return report.candidates().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Logits by image, from one process without Spark. */
  static float[][] logits(Recipe recipe, Model model, SampleSource held) {
    Recipe complete = model.preprocessing().appliedTo(recipe);
    SampleLoader loader =
        new SampleLoader(
            held,
            complete.network().inputShape(),
            complete.standardization(),
            Augmentation.NONE,
            complete.seed());
    float[][] all = new float[held.size()][];
    try (WorkPool pool = new WorkPool(1);
        Evaluator evaluator =
            new Evaluator(
                model.network(),
                model.convolution(),
                model.weights(),
                loader,
                KernelProvider.kernels(),
                pool)) {
      evaluator.blocks((sample, logits, label) -> all[sample] = logits);
    }
    return all;
  }

  /** What the folder says of the held-back images is what the table promised. */
  void keepsItsPromise(Path out, Line line) {
    try (SampleSource source = data(images).open(new LocalFiles())) {
      keepsItsPromise(out, line, TrainingSplit.of(RECIPE, source).validation());
    }
  }

  static void keepsItsPromise(Path out, Line line, SampleSource decided) {
    Ensemble ensemble = EnsembleFolder.load(out.toString(), CONFIGURATION);
    double loss = 0;
    int correct = 0;
    List<float[][]> all =
        ensemble.models().stream().map(model -> logits(RECIPE, model, decided)).toList();
    for (int i = 0; i < decided.size(); i++) {
      int sample = i;
      float[][] one = all.stream().map(logits -> logits[sample]).toArray(float[][]::new);
      double[] shares = ensemble.probabilities(one);
      double share = shares[decided.label(i)];
      loss -= StrictMath.log(share);
      correct += IntStream.range(0, 10).allMatch(label -> shares[label] <= share) ? 1 : 0;
    }
    assertEquals(line.loss().mean(), loss / decided.size(), 1e-12);
    assertEquals(line.accuracy().count(), correct);
  }

  Model model(String run, long step) {
    return Models.load(folder.resolve(run).toString(), WhichCheckpoint.ofStep(step), CONFIGURATION);
  }

  static void fails(String part, Executable what) {
    ConvoyException e = assertThrows(ConvoyException.class, what);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
