package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.Hdfs;
import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run, one of its checkpoints and its file of weights on HDFS are the same start. */
@Tag("slow")
@ExtendWith(Hdfs.class)
class HdfsStartTest {
  private static final TrainingListener SILENT = new TrainingListener() {};

  @TempDir Path folder;

  @Test
  void whateverIsNamedTheWeightsAreTheSame(MiniDFSCluster hdfs) {
    DataSet data = Trainings.data(folder, 157);
    String far = hdfs.getURI() + "/starts/";
    Recipe plain = Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS);
    String run = far + "run";
    String checkpoint = run + "/checkpoints/step-000000016";
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      TrainingOutcome before = trainer.train(job(plain, data, run), SILENT);
      List<String> weights =
          List.of(run, checkpoint, checkpoint + "/weights.safetensors").stream()
              .map(
                  place ->
                      trainer.train(job(from(plain, place), data, far + place.length()), SILENT))
              .map(TrainingOutcome::weightsSha256)
              .distinct()
              .toList();
      assertEquals(1, weights.size());
      assertNotEquals(before.weightsSha256(), weights.get(0));
      ConvoyException error =
          assertThrows(
              ConvoyException.class,
              () -> trainer.train(job(from(plain, far + "gone"), data, far + "none"), SILENT));
      assertTrue(error.getMessage().contains("there is no file '" + far + "gone'"));
    }
  }

  private static Recipe from(Recipe recipe, String weights) {
    FineTuning tuning = FineTuning.from(weights).withFreeze(Freeze.of("conv1"), Freeze.of("bn1"));
    return recipe.toBuilder().fineTuning(tuning).build();
  }

  private static TrainingJob job(Recipe recipe, DataSet data, String run) {
    return new TrainingJob(recipe, data, null, run, false, 1, 1);
  }
}
