package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.schedule.Constant;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training meets at its limits. */
class LimitsTest {
  private static final TrainingListener SILENT = new TrainingListener() {};

  @TempDir Path folder;

  /** Weights and two slots of 2.9 MB each, where a job's results may have 1 MB. */
  @Test
  @Tag("slow")
  void aStateLargerThanTheDriversLimitOnResults() {
    DataSet data = Trainings.data(folder, 61);
    Network wide =
        Network.input(13, 13, 1)
            .then(new Flatten())
            .then(Linear.of(4000))
            .then(new Relu())
            .then("logits", Linear.of(10))
            .build();
    Recipe recipe =
        Trainings.recipe(Trainings.ADAM, 20, 2, Sync.PEERS).toBuilder()
            .network(wide)
            .schedule(new Constant(0.001, 0))
            .checkpoint(new CheckpointOptions(0, 1))
            .build();
    TrainingState truth = Trainings.local(recipe, data);
    try (JavaSparkContext spark =
        new JavaSparkContext(
            Sessions.conf("local-cluster[2,1,1024]").set("spark.driver.maxResultSize", "1m"))) {
      TrainingOutcome outcome =
          new SparkTrainer(spark).train(Runs.job(recipe, data, folder.resolve("wide"), 2), SILENT);
      assertEquals(truth.weightsSha256(), outcome.weightsSha256());
    }
  }

  /** Weights and momentum of 1.1 GB, under Spark's own limits. */
  @ParameterizedTest
  @ValueSource(strings = {"peers", "driver"})
  @Tag("slow")
  void aStateAsLargeAsThatOfVgg16(String sync) throws IOException {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    assumeTrue(
        machine.getTotalMemorySize() >= 18L << 30,
        "a driver of 7 GB and two executors of 4.5 GB need a machine of 18 GB");
    try (DriverProcess driver =
        new DriverProcess(LargeStateMain.class, "7g", folder.toString(), sync)) {
      String parameters = driver.await(line -> line.startsWith("parameters "));
      assertTrue(Long.parseLong(parameters.substring(11)) > 138_000_000, parameters);
      String outcome = driver.await(line -> line.startsWith("outcome "));
      String saved = driver.await(line -> line.startsWith("saved "));
      String truth = driver.await(line -> line.startsWith("truth "));
      assertNotNull(truth, "the driver did not come to its end; its last words stand above");
      assertEquals(truth.substring(6), saved.substring(6));
      assertTrue(truth.contains(outcome.substring(8)), outcome);
    }
  }

  @Test
  void aLossThatIsNoNumberEndsTheRunAndKeepsTheLastCheckpoint() {
    DataSet data = Trainings.data(folder, 157);
    Recipe wild =
        Trainings.recipe(new Sgd(0.9f, false, 0f, false), 20, 4, Sync.PEERS).toBuilder()
            .schedule(new Constant(1e30, 0))
            .checkpoint(new CheckpointOptions(1, 3))
            .build();
    Path run = folder.resolve("wild");
    try (JavaSparkContext spark = Sessions.local()) {
      ConvoyException error =
          assertThrows(
              ConvoyException.class,
              () -> new SparkTrainer(spark).train(Runs.job(wild, data, run, 1), SILENT));
      assertEquals(ConvoyException.Kind.DIVERGED, error.kind(), error.getMessage());
      assertTrue(
          error
              .getMessage()
              .matches(
                  "step \\d+: the loss is .*layer '.*' is the first.*; the checkpoint of step \\d+ is"
                      + " kept, but to go on from it would end alike"),
          error.getMessage());
    }
    assertTrue(Runs.saved(wild, run).step() >= 1);
  }

  @Test
  void moreExecutorsThanShardsOrSlots() {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 1, Sync.PEERS);
    ConvoyException shards =
        assertThrows(
            ConvoyException.class, () -> Runs.job(recipe, data, folder.resolve("many"), 9));
    assertTrue(shards.getMessage().contains("9 executors for 8 shards"), shards.getMessage());
    try (JavaSparkContext spark = Sessions.local()) {
      ConvoyException slots =
          assertThrows(
              ConvoyException.class,
              () ->
                  new SparkTrainer(spark)
                      .train(Runs.job(recipe, data, folder.resolve("slots"), 2), SILENT));
      assertTrue(slots.getMessage().contains("slots for 1 tasks"), slots.getMessage());
    }
  }
}
