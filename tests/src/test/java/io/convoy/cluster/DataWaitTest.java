package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.transform.Noise;
import io.convoy.data.transform.Transform;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time that executors wait for data comes to the driver, whoever sums the gradients. */
class DataWaitTest {
  @TempDir Path folder;

  @Test
  void oneTaskInThisProcess() throws IOException {
    try (JavaSparkContext spark = Sessions.local()) {
      compare(spark, 1);
    }
  }

  @Test
  @Tag("slow")
  void twoExecutors() throws IOException {
    try (JavaSparkContext spark = Sessions.executors(2)) {
      compare(spark, 2);
    }
  }

  /** Nobody waits for images in memory, but for steps that take longer than to compute. */
  private void compare(JavaSparkContext spark, int executors) throws IOException {
    DataSet data = Trainings.data(folder, 157);
    Transform[] slow = new Transform[200];
    Arrays.fill(slow, new Noise(4, 1));
    for (Sync sync : Sync.values()) {
      Recipe copied = Trainings.recipe(Trainings.MOMENTUM, 20, 2, sync);
      Recipe changed =
          copied.toBuilder().augmentation(new Augmentation(1, true).withSteps(slow)).build();
      Path idle = folder.resolve("copied-" + sync);
      assertEquals(0, train(spark, copied, data, idle, executors).dataWaitShare());
      for (JsonNode step : Metrics.steps(idle)) {
        assertEquals(0, step.get("dataWaitSeconds").asDouble(), step.toString());
      }
      Path busy = folder.resolve("changed-" + sync);
      TrainingOutcome outcome = train(spark, changed, data, busy, executors);
      double seconds = 0;
      double waited = 0;
      for (JsonNode step : Metrics.steps(busy)) {
        seconds += step.get("seconds").asDouble();
        waited += step.get("dataWaitSeconds").asDouble();
      }
      assertTrue(waited > 0, sync + ": " + Metrics.steps(busy));
      assertEquals(waited / seconds, outcome.dataWaitShare(), 1e-9);
    }
  }

  private static TrainingOutcome train(
      JavaSparkContext spark, Recipe recipe, DataSet data, Path run, int executors)
      throws IOException {
    TrainingOutcome outcome =
        new SparkTrainer(spark)
            .train(Runs.job(recipe, data, run, executors), new TrainingListener() {});
    assertEquals(16, Metrics.steps(run).size());
    List<String> fields = Metrics.untimed(run);
    assertTrue(fields.get(0).startsWith("{\"step\":1,\"epoch\":0,"), fields.get(0));
    return outcome;
  }
}
