package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.MeanImage;
import io.convoy.data.augment.Mixup;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.data.augment.Zca;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingSplit;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkEvaluator;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mean image and a whitening matrix reach executors of their own, and come back to a resume. */
class StandardizedClusterTest {
  @TempDir Path folder;

  private static Recipe recipe(Standardization kind, Sync sync) {
    Recipe recipe = Trainings.validated(sync);
    return recipe.toBuilder()
        .standardization(kind)
        .augmentation(recipe.augmentation().withMixing(new Mixup(0.2, 1), new Cutmix(1, 1)))
        .checkpoint(new CheckpointOptions(5, 3))
        .build();
  }

  /** Counts the images that are measured. */
  private static final class Measured implements TrainingListener {
    private final AtomicLong images = new AtomicLong();

    @Override
    public void onMeasuring(long done, long total) {
      images.incrementAndGet();
    }
  }

  @Test
  @Tag("slow")
  void executorsTrainToTheBitsOfOneProcess() {
    DataSet data = Trainings.data(folder, 157);
    try (JavaSparkContext spark = Sessions.executors(2)) {
      compare(spark, data, recipe(new Zca(1e-3), Sync.PEERS), "zca");
      compare(spark, data, recipe(new MeanImage(), Sync.PEERS), "mean-image");
      compare(spark, data, recipe(new Zca(1e-3), Sync.DRIVER), "zca-driver");
    }
  }

  private void compare(JavaSparkContext spark, DataSet data, Recipe recipe, String name) {
    TrainingState truth = Trainings.local(recipe, data);
    String run = folder.resolve(name).toString();
    Measured first = new Measured();
    TrainingJob half = new TrainingJob(recipe.withMaxSteps(7), data, data, run, false, 2, 2);
    new SparkTrainer(spark).train(half, first);
    int trained;
    Standardization expected;
    try (SampleSource source = data.open(new LocalFiles())) {
      SampleSource training = TrainingSplit.of(recipe, source).training();
      trained = training.size();
      expected =
          recipe
              .standardization()
              .measured(TrainingPixels.of(training, recipe.data().evaluation(), 1));
    }
    assertEquals(trained, first.images.get());

    // the resume takes from the checkpoint what was measured
    Measured second = new Measured();
    TrainingJob rest = new TrainingJob(recipe, data, data, run, true, 2, 2);
    TrainingOutcome outcome = new SparkTrainer(spark).train(rest, second);
    assertEquals(0, second.images.get());
    assertEquals(truth.weightsSha256(), outcome.weightsSha256());

    Preprocessing kept =
        RunFolder.open(run, new Configuration())
            .checkpoints(CheckpointStore.KEEP_LAST)
            .newestPreprocessing()
            .orElseThrow();
    assertEquals(expected, kept.standardization());

    // as `convoy evaluate` does: the recipe says another kind, the checkpoint its own
    Recipe evaluated = kept.appliedTo(recipe.withStandardization(null));
    assertTrue(evaluated.standardization().complete());
    assertFalse(recipe.withStandardization(null).standardization().equals(expected));
    float[] weights = truth.inferenceWeights();
    assertEquals(
        outcome.testLoss(),
        new SparkEvaluator(spark).evaluate(evaluated, weights, data, 2, 1).result().loss());
  }
}
