package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** Of each rank its times, which are within the step; of those who wait the longest is told. */
  private static void assertRanks(JsonNode step, int executors) {
    assertEquals(executors, step.get("ranks").size(), step.toString());
    double longest = 0;
    JsonNode first = step.get("ranks").get(0); // the clock that the step was timed by
    double both = first.get("compute").asDouble() + first.get("dataWait").asDouble();
    assertTrue(both <= 1.001 * step.get("seconds").asDouble(), step.toString());
    for (JsonNode rank : step.get("ranks")) {
      double compute = rank.get("compute").asDouble();
      double wait = rank.get("dataWait").asDouble();
      assertTrue(compute > 0, step.toString());
      longest = Math.max(longest, wait);
    }
    double told = step.get("dataWaitSeconds").asDouble();
    assertEquals(told, longest, 1e-3 * told, step.toString());
  }

  private static TrainingOutcome train(
      JavaSparkContext spark, Recipe recipe, DataSet data, Path run, int executors)
      throws IOException {
    TrainingOutcome outcome =
        new SparkTrainer(spark)
            .train(Runs.job(recipe, data, run, executors), new TrainingListener() {});
    assertEquals(16, Metrics.steps(run).size());
    for (JsonNode step : Metrics.steps(run)) {
      assertRanks(step, executors);
    }
    JsonNode first = Metrics.lines(run).get(0);
    assertEquals(1, first.get("step").asLong());
    assertEquals(executors, first.get("executors").size(), first.toString());
    Set<String> ids = new HashSet<>();
    for (int rank = 0; rank < executors; rank++) {
      JsonNode place = first.get("executors").get(rank);
      assertEquals(rank, place.get("rank").asInt());
      assertFalse(place.get("host").asText().isEmpty(), first.toString());
      ids.add(place.get("executor").asText());
    }
    // those that exchange are apart; a job of tasks may find one executor quicker
    assertTrue(recipe.sync() == Sync.DRIVER || ids.size() == executors, first.toString());
    List<String> fields = Metrics.untimed(run);
    assertTrue(fields.get(0).startsWith("{\"step\":1,\"epoch\":0,"), fields.get(0));
    return outcome;
  }
}
