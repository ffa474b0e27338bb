package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.health.StepHealth;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.train.LocalTrainer;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ranks see of the layers together is what one machine sees. */
class HealthTest {
  @TempDir Path folder;

  @Test
  void oneTaskInThisProcess() throws IOException {
    try (JavaSparkContext spark = Sessions.local()) {
      compare(spark, 1, Sync.PEERS);
      compare(spark, 1, Sync.DRIVER);
    }
  }

  @Test
  @Tag("slow")
  void twoExecutors() throws IOException {
    try (JavaSparkContext spark = Sessions.executors(2)) {
      compare(spark, 2, Sync.PEERS);
      compare(spark, 2, Sync.DRIVER);
    }
  }

  @Test
  @Tag("slow")
  void withoutThePlugin() throws IOException {
    SparkConf conf = Sessions.conf("local-cluster[2,1,1024]").set("spark.plugins", "");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      compare(spark, 2, Sync.PEERS);
    }
  }

  private void compare(JavaSparkContext spark, int executors, Sync sync) throws IOException {
    // 101 steps: the first and the hundredth are looked at
    Recipe recipe =
        Trainings.averagedAndClipped(sync).toBuilder().epochs(13).build().withMaxSteps(101);
    DataSet data = Trainings.data(folder, 157);
    List<StepHealth> expected = new ArrayList<>();
    String weights = local(recipe, data, expected);
    List<StepHealth> told = new ArrayList<>();
    Path run = folder.resolve("run-" + sync);
    TrainingOutcome outcome =
        new SparkTrainer(spark)
            .train(
                Runs.job(recipe, data, run, executors),
                new TrainingListener() {
                  @Override
                  public void onHealth(StepHealth health) {
                    told.add(health);
                  }
                });
    assertEquals(weights, outcome.weightsSha256());
    List<JsonNode> lines = Metrics.lines(run).stream().filter(line -> line.has("health")).toList();
    assertEquals(List.of(1L, 100L), lines.stream().map(l -> l.get("step").asLong()).toList());
    assertEquals(List.of(1L, 100L), told.stream().map(StepHealth::step).toList());
    for (int i = 0; i < 2; i++) {
      assertLayers(expected.get(i), lines.get(i).at("/health/layers"), executors == 1);
    }
  }

  private static String local(Recipe recipe, DataSet data, List<StepHealth> health) {
    try (SampleSource source = data.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 1)) {
      trainer.train(
          trainer.totalSteps(),
          new StepListener() {
            @Override
            public void onStep(StepReport report) {}

            @Override
            public void onHealth(StepHealth step) {
              health.add(step);
            }
          });
      return trainer.state().weightsSha256();
    }
  }

  /**
   * Sums of squares are added in another order; of the dead, a rank with a part of the samples may
   * see more.
   */
  private static void assertLayers(StepHealth expected, JsonNode layers, boolean all) {
    assertEquals(
        List.of("conv1", "relu1", "conv2", "relu2", "logits"),
        expected.layers().stream().map(StepHealth.Layer::name).toList());
    assertEquals(expected.layers().size(), layers.size(), layers.toString());
    for (int i = 0; i < layers.size(); i++) {
      StepHealth.Layer layer = expected.layers().get(i);
      JsonNode line = layers.get(i);
      assertEquals(layer.name(), line.get("name").asText());
      if (layer.update() != null) {
        double ratio = layer.update().ratio();
        assertTrue(ratio > 0, layer::toString);
        assertEquals(ratio, line.get("updateRatio").asDouble(), 1e-6 * ratio, line.toString());
        continue;
      }
      assertNotNull(layer.deadShare(), layer::toString);
      double dead = line.get("deadShare").asDouble();
      assertTrue(all ? dead == layer.deadShare() : dead >= layer.deadShare(), line.toString());
    }
  }
}
