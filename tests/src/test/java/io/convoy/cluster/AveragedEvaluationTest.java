package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with {@code ema} is judged by its averaged weights, and hashed by those it trained. */
class AveragedEvaluationTest {
  @TempDir Path folder;

  @Test
  void theOutcomeIsThatOfTheAveragedWeights() {
    DataSet training = Trainings.data(folder, 157);
    DataSet test = Trainings.data(folder, 101);
    Recipe recipe = Trainings.averagedAndClipped(Sync.PEERS);
    TrainingState truth = Trainings.local(recipe, training);
    Evaluator.Result ofAverage = evaluate(recipe, truth.ema(), training, test);
    assertNotEquals(ofAverage, evaluate(recipe, truth.weights(), training, test));
    try (JavaSparkContext spark = Sessions.local()) {
      String run = folder.resolve("run").toString();
      TrainingOutcome outcome =
          new SparkTrainer(spark)
              .train(
                  new TrainingJob(recipe, training, test, run, false, 1, 1),
                  new TrainingListener() {});
      assertEquals(ofAverage.loss(), outcome.testLoss());
      assertEquals(ofAverage.accuracy(), outcome.testAccuracy());
      assertEquals(truth.weightsSha256(), outcome.weightsSha256());
    }
  }

  private static Evaluator.Result evaluate(
      Recipe recipe, float[] state, DataSet training, DataSet test) {
    try (SampleSource images = test.open(new LocalFiles());
        SampleSource measured = training.open(new LocalFiles());
        WorkPool pool = new WorkPool(1)) {
      Standardization standardization = Standardization.of(measured);
      SampleLoader loader =
          new SampleLoader(
              images,
              recipe.network().inputShape(),
              standardization,
              Augmentation.NONE,
              recipe.seed());
      try (Evaluator evaluator =
          new Evaluator(
              recipe.network(), recipe.conv(), state, loader, KernelProvider.kernels(), pool)) {
        return evaluator.all();
      }
    }
  }
}
