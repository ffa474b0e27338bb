package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.train.Evaluator;
import io.convoy.train.LocalTrainer;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingSplit;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.SparkEvaluator;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Running statistics of averaged weights on executors, against one machine's. */
class AveragedStatisticsTest {
  private static final List<Long> CHECKPOINTS = List.of(5L, 10L, 15L, 16L);

  /** 141 images are trained on, 16 steps; weights 7, 10, 13 and 16 are averaged. */
  private static final Recipe RECIPE =
      Trainings.averagedAtTheEnd(Sync.PEERS).toBuilder()
          .validation(new ValidationOptions(0.1, null))
          .checkpoint(new CheckpointOptions(5, 4))
          .build();

  @TempDir Path folder;
  private DataSet data;

  @BeforeEach
  void draw() {
    data = Trainings.data(folder, 157);
  }

  /** What was told; ends the driver's training at a step. */
  private static final class Told implements TrainingListener {
    final List<ValidationResult> validations = new ArrayList<>();
    final List<String> refreshes = new ArrayList<>();
    final long killAtStep;

    Told(long killAtStep) {
      this.killAtStep = killAtStep;
    }

    @Override
    public void onStep(StepReport report) {
      if (report.step() == killAtStep) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void onValidation(ValidationResult result) {
      validations.add(result);
    }

    @Override
    public void onRefresh(long step, long samples) {
      refreshes.add(step + ": " + samples);
    }
  }

  private List<ValidationResult> truth() {
    List<ValidationResult> results = new ArrayList<>();
    try (SampleSource source = data.open(new LocalFiles());
        WorkPool pool = new WorkPool(1);
        LocalTrainer trainer = new LocalTrainer(RECIPE, source, KernelProvider.kernels(), 1)) {
      TrainingSplit split = TrainingSplit.of(RECIPE, source);
      SampleLoader loader =
          new SampleLoader(
              split.validation(),
              RECIPE.network().inputShape(),
              Standardization.of(split.training()),
              Augmentation.NONE,
              RECIPE.seed());
      for (long step : CHECKPOINTS) {
        trainer.train(step, report -> {});
        try (Evaluator evaluator =
            new Evaluator(
                RECIPE.network(),
                RECIPE.conv(),
                trainer.finishedState().inferenceWeights(),
                loader,
                KernelProvider.kernels(),
                pool)) {
          results.add(ValidationResult.of(step, evaluator.all()));
        }
      }
    }
    return results;
  }

  @Test
  void validationSeesThemAndAResumedRunHasThem() throws IOException {
    Path whole = folder.resolve("whole");
    Path torn = folder.resolve("torn");
    TrainingState end = Trainings.local(RECIPE, data);
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      Told told = new Told(0);
      trainer.train(Runs.job(RECIPE, data, whole, 1), told);
      assertEquals(truth(), told.validations);
      assertEquals(List.of("10: 141", "15: 141", "16: 141"), told.refreshes);
      assertThrows(
          IllegalStateException.class,
          () -> trainer.train(Runs.job(RECIPE, data, torn, 1), new Told(12)));
      assertEquals(10, Runs.saved(RECIPE, torn).step());
      trainer.train(Runs.resume(RECIPE, data, torn, 1), new Told(0));
    }
    for (Path run : List.of(whole, torn)) {
      assertEquals(end.arraysSha256(), Runs.saved(RECIPE, run).arraysSha256());
    }
    assertEquals(Metrics.untimed(whole), Metrics.untimed(torn));
  }

  /** As whoever averages checkpoints asks for it. */
  @Test
  void anyWeightsMayHaveThem() {
    Recipe recipe;
    float[] weights;
    float[] measured;
    try (SampleSource source = data.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(RECIPE, source, KernelProvider.kernels(), 1)) {
      TrainingSplit split = TrainingSplit.of(RECIPE, source);
      recipe = RECIPE.withStandardization(Standardization.of(split.training()));
      trainer.train(trainer.totalSteps(), report -> {});
      weights = trainer.state().swa();
      measured = trainer.finishedState().swa();
    }
    try (JavaSparkContext spark = Sessions.local()) {
      float[] before = weights.clone();
      float[] refreshed = new SparkEvaluator(spark).refresh(recipe, weights, data, 3, 1);
      assertArrayEquals(measured, refreshed);
      assertArrayEquals(before, weights);
    }
  }

  @Test
  @Tag("slow")
  void onThreeExecutorsToo() {
    Path run = folder.resolve("run");
    Told told = new Told(0);
    try (JavaSparkContext spark = Sessions.executors(3)) {
      new SparkTrainer(spark).train(Runs.job(RECIPE, data, run, 3), told);
    }
    assertEquals(truth(), told.validations);
    assertEquals(
        Trainings.local(RECIPE, data).arraysSha256(), Runs.saved(RECIPE, run).arraysSha256());
  }
}
