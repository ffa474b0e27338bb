package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.EarlyStoppingOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Plateau;
import io.convoy.train.Evaluator;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingSplit;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validation shows and decides, against one machine that evaluates by itself. */
class ValidatedTrainingTest {
  /** 141 images in batches of 20, and a checkpoint every five steps: one of them in each epoch. */
  private static final List<Long> CHECKPOINTS = List.of(5L, 10L, 15L, 20L, 24L);

  private static final Recipe RECIPE =
      Trainings.validated(Sync.PEERS).toBuilder()
          .epochs(3)
          .checkpoint(new CheckpointOptions(5, 1, true, CheckpointOptions.Best.LOSS, 30, true))
          .build();

  @TempDir Path folder;
  private DataSet data;

  @BeforeEach
  void draw() {
    data = Trainings.data(folder, 157);
  }

  /** What was told, in order. */
  private static class Told implements TrainingListener {
    final List<ValidationResult> validations = new ArrayList<>();
    final List<String> stops = new ArrayList<>();

    @Override
    public void onValidation(ValidationResult result) {
      validations.add(result);
    }

    @Override
    public void onEarlyStop(long step, String reason) {
      stops.add(step + ": " + reason);
    }
  }

  private List<ValidationResult> truth(Recipe recipe) {
    List<ValidationResult> results = new ArrayList<>();
    try (SampleSource source = data.open(new LocalFiles());
        WorkPool pool = new WorkPool(1);
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 1)) {
      TrainingSplit split = TrainingSplit.of(recipe, source);
      assertEquals(16, split.validation().size());
      SampleLoader loader =
          new SampleLoader(
              split.validation(),
              recipe.network().inputShape(),
              Standardization.of(split.training()),
              Augmentation.NONE,
              recipe.seed());
      for (long step : CHECKPOINTS) {
        trainer.train(step, new ValidationHistory(results), report -> {});
        try (Evaluator evaluator =
            new Evaluator(
                recipe.network(),
                recipe.conv(),
                trainer.state().inferenceWeights(),
                loader,
                KernelProvider.kernels(),
                pool)) {
          results.add(ValidationResult.of(step, evaluator.all()));
        }
      }
    }
    return results;
  }

  private static ValidationResult least(List<ValidationResult> results) {
    return results.stream().min(Comparator.comparingDouble(ValidationResult::loss)).orElseThrow();
  }

  private static List<JsonNode> validationLines(Path run) throws IOException {
    return Metrics.lines(run).stream().filter(line -> line.has("validationLoss")).toList();
  }

  private static CheckpointStore checkpoints(Path run) {
    return RunFolder.open(run.toString(), new Configuration()).checkpoints(1);
  }

  @Test
  void eachCheckpointIsValidatedAndTheBestIsKept() throws IOException {
    try (JavaSparkContext spark = Sessions.local()) {
      validateAndKeep(spark, 1);
    }
  }

  @Test
  @Tag("slow")
  void onTwoExecutorsToo() throws IOException {
    try (JavaSparkContext spark = Sessions.executors(2)) {
      validateAndKeep(spark, 2);
    }
  }

  private void validateAndKeep(JavaSparkContext spark, int executors) throws IOException {
    List<ValidationResult> truth = truth(RECIPE);
    Path run = folder.resolve("run-" + executors);
    Told told = new Told();
    TrainingOutcome outcome =
        new SparkTrainer(spark).train(Runs.job(RECIPE, data, run, executors), told);
    assertEquals(truth, told.validations);
    List<JsonNode> lines = validationLines(run);
    assertEquals(truth.size(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(truth.get(i).step(), lines.get(i).get("step").asLong());
      assertEquals(16, lines.get(i).get("validationSamples").asLong());
      assertEquals(truth.get(i).loss(), lines.get(i).get("validationLoss").asDouble());
      assertEquals(truth.get(i).accuracy(), lines.get(i).get("validationAccuracy").asDouble());
    }
    ValidationResult best = least(truth);
    assertEquals(best.step(), outcome.bestStep());
    assertEquals(best.loss(), outcome.bestValidationLoss());
    assertEquals(best.accuracy(), outcome.bestValidationAccuracy());
    assertNull(outcome.stoppedEarly());
    assertEquals(best.step(), TinyRun.result(run).get("bestStep").asLong());
    Checkpoint newest = checkpoints(run).loadNewestWeights(RECIPE.network().layout()).orElseThrow();
    assertEquals(truth, newest.metadata().validations());
  }

  /** Ends worse than it was: at a rate that grows too large, without averages. */
  private static final Recipe RISING =
      RECIPE.toBuilder().ema(null).schedule(new Constant(0.5, 3)).build();

  @Test
  void theBestOutlivesNewerOnes() throws IOException {
    List<ValidationResult> truth = truth(RISING);
    ValidationResult best = least(truth);
    assertNotEquals(24, best.step(), "the newest is the best: " + truth);
    Path run = folder.resolve("run");
    try (JavaSparkContext spark = Sessions.local()) {
      new SparkTrainer(spark).train(Runs.job(RISING, data, run, 1), new Told());
    }
    Set<String> expected =
        new TreeSet<>(List.of(String.format(Locale.ROOT, "step-%09d", best.step())));
    expected.add("step-000000024");
    assertEquals(List.copyOf(expected), TinyRun.checkpoints(run));
    Checkpoint kept = checkpoints(run).loadBestWeights(RISING.network().layout()).orElseThrow();
    assertEquals(best.step(), kept.metadata().step());
    TrainingState there = Trainings.local(RISING.withMaxSteps(best.step()), data);
    assertEquals(there.weightsSha256(), kept.state().weightsSha256());
  }

  /** Killed between a validation and its checkpoint: as if it had never been. */
  @Test
  void aResumedRunIsTheOneThatWasNeverStopped() throws IOException {
    Path whole = folder.resolve("whole");
    Path torn = folder.resolve("torn");
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      TrainingOutcome expected = trainer.train(Runs.job(RISING, data, whole, 1), new Told());
      TrainingListener killer =
          new TrainingListener() {
            @Override
            public void onValidation(ValidationResult result) {
              if (result.step() == 15) {
                throw new IllegalStateException("killed");
              }
            }
          };
      assertThrows(
          IllegalStateException.class,
          () -> trainer.train(Runs.job(RISING, data, torn, 1), killer));
      Told told = new Told();
      TrainingOutcome resumed = trainer.train(Runs.resume(RISING, data, torn, 1), told);
      assertEquals(15, told.validations.get(0).step());
      assertEquals(expected.bestStep(), resumed.bestStep());
      assertEquals(expected.bestValidationLoss(), resumed.bestValidationLoss());
      assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    }
    assertEquals(Metrics.untimed(whole), Metrics.untimed(torn));
    assertEquals(TinyRun.checkpoints(whole), TinyRun.checkpoints(torn));
  }

  /** Halved at 10, 15, 20: no fall of the loss exceeds 100. */
  private static final Recipe FALLING =
      RISING.toBuilder().schedule(new Plateau(0.04, 0, 0.5, 1, 100, 0)).build();

  @Test
  void theRateFollowsValidationAndAResumeKnowsIt() throws IOException {
    try (JavaSparkContext spark = Sessions.local()) {
      for (Sync sync : Sync.values()) {
        Recipe recipe = FALLING.toBuilder().sync(sync).build();
        Path run = folder.resolve("run-" + sync);
        SparkTrainer trainer = new SparkTrainer(spark);
        trainer.train(Runs.job(recipe.withMaxSteps(12), data, run, 1), new Told());
        Told told = new Told();
        trainer.train(Runs.resume(recipe, data, run, 1), told);
        assertEquals(truth(recipe).subList(2, 5), told.validations);
        assertRates(run);
      }
    }
  }

  @Test
  @Tag("slow")
  void theRateFollowsValidationOnTwoExecutors() throws IOException {
    Path run = folder.resolve("run");
    Told told = new Told();
    try (JavaSparkContext spark = Sessions.executors(2)) {
      new SparkTrainer(spark).train(Runs.job(FALLING, data, run, 2), told);
    }
    assertEquals(truth(FALLING), told.validations);
    assertRates(run);
  }

  private static void assertRates(Path run) throws IOException {
    List<Float> rates = new ArrayList<>();
    for (JsonNode step : Metrics.steps(run)) {
      rates.add((float) step.get("rate").asDouble());
    }
    assertEquals(24, rates.size());
    for (int step = 0; step < 24; step++) {
      int halved = Math.max(0, step / 5 - 1);
      assertEquals((float) (0.04 / (1 << halved)), rates.get(step), "step " + (step + 1));
    }
  }

  @Test
  void validationsMayNotMoveWhereTheRateFollowsThem() {
    Path run = folder.resolve("run");
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      trainer.train(Runs.job(FALLING.withMaxSteps(1), data, run, 1), new Told());
      Recipe moved = FALLING.toBuilder().checkpoint(new CheckpointOptions(7, 1)).build();
      ConvoyException error =
          assertThrows(
              ConvoyException.class,
              () -> trainer.train(Runs.resume(moved, data, run, 1), new Told()));
      assertEquals(
          run
              + ": 'checkpoint.everySteps' may not change on resume where the schedule follows"
              + " validation, since the weights depend on it; it was 5, now it is 7: set it back, or"
              + " start a new run with another --out",
          error.getMessage());
    }
  }

  /**
   * No fall of the loss exceeds 100: the first validation is the last gain, and two more may follow
   * it.
   */
  @Test
  void earlyStoppingEndsTheRunAndAResumeKnowsIt() throws IOException {
    Recipe stopping = RECIPE.toBuilder().earlyStopping(new EarlyStoppingOptions(2, 100)).build();
    Path run = folder.resolve("run");
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      Told told = new Told();
      TrainingOutcome outcome = trainer.train(Runs.job(stopping, data, run, 1), told);
      assertEquals(15, outcome.steps());
      assertTrue(outcome.stoppedEarly());
      assertTrue(TinyRun.result(run).get("stoppedEarly").asBoolean());
      TrainingState there = Trainings.local(RECIPE.withMaxSteps(15), data);
      assertEquals(there.weightsSha256(), outcome.weightsSha256());
      String reason =
          "15: the validation loss has not fallen by more than 100.0 in 2 validations in a row; the"
              + " least was ";
      assertTrue(told.stops.get(0).startsWith(reason), told.stops.get(0));

      Told again = new Told();
      outcome = trainer.train(Runs.resume(stopping, data, run, 1), again);
      assertEquals(15, outcome.steps());
      assertTrue(outcome.stoppedEarly());
      assertEquals(told.stops, again.stops);
      assertEquals(List.of(), again.validations);

      Recipe patient = stopping.toBuilder().earlyStopping(new EarlyStoppingOptions(9, 0)).build();
      outcome = trainer.train(Runs.resume(patient, data, run, 1), again);
      assertEquals(24, outcome.steps());
      assertFalse(outcome.stoppedEarly());
      assertEquals(Trainings.local(RECIPE, data).weightsSha256(), outcome.weightsSha256());
    }
  }
}
