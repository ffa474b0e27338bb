package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.loss.ClassWeights;
import io.convoy.optimizer.Optimizer;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numerics contract: weights and optimizer state, bit for bit, whoever trains. */
class SameBitsTest {
  private static final TrainingListener SILENT = new TrainingListener() {};
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  /** Weights and momentum of two epochs of 157 samples: part of the numerics contract. */
  private static final List<String> GOLDEN =
      List.of(
          "83b23eba26ce05ed9301016ff627be0bff9cc24f312a97f82d4f75b5f10a65ce",
          "4f75465b05c725185ea5d871b24d235b66efc67a1b822a7ad9d80a2e6a92e68d");

  private static final ClassWeights WEIGHTS =
      ClassWeights.of(1, 0.1f, 3, 0.7f, 1, 2.5f, 0, 1.3f, 0.2f, 9);

  @TempDir Path folder;

  @Test
  void oneTaskInThisProcess() {
    try (JavaSparkContext spark = Sessions.local()) {
      compare(spark, "local", Trainings.MOMENTUM, 1, Sync.PEERS);
      compare(spark, "local", Trainings.ADAM, 1, Sync.PEERS);
      compare(spark, "local", Trainings.MOMENTUM, 1, Sync.DRIVER);
    }
  }

  @Test
  @Tag("slow")
  void oneToFourExecutorsAndTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(4)) {
      for (int executors = 1; executors <= 4; executors++) {
        compare(spark, "cluster", Trainings.MOMENTUM, executors, Sync.PEERS);
      }
      compare(spark, "cluster", Trainings.ADAM, 3, Sync.PEERS);
      compare(spark, "cluster", Trainings.ADAM, 3, Sync.DRIVER);
    }
  }

  /** Also the bits of every other machine and JDK: the golden hashes. */
  @Test
  @Tag("slow")
  @Tag("golden")
  void twoAndThreeThreadsOfTwoExecutors() {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS);
    try (JavaSparkContext spark = Sessions.executors(2)) {
      for (int threads = 1; threads <= 3; threads++) {
        Path run = folder.resolve("threads-" + threads);
        new SparkTrainer(spark).train(Runs.job(recipe, data, run, 2, threads), SILENT);
        assertEquals(GOLDEN, Runs.saved(recipe, run).arraysSha256(), threads + " threads");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dconvoy.kernels=scalar", "-Dconvoy.lanes=4", "-Dconvoy.lanes=8"})
  @Tag("slow")
  void withOtherKernelsOnTheExecutors(String kernels) {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS);
    SparkConf conf = Sessions.conf("local-cluster[2,1,1024]");
    conf.set(OPTIONS, conf.get(OPTIONS) + " " + kernels);
    Path run = folder.resolve("kernels");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TrainingOutcome outcome =
          new SparkTrainer(spark).train(Runs.job(recipe, data, run, 2), SILENT);
      String computedBy =
          "-Dconvoy."
              + (outcome.kernels().equals("scalar")
                  ? "kernels=scalar"
                  : "lanes=" + outcome.lanes());
      assertEquals(kernels, computedBy);
    }
    assertEquals(GOLDEN, Runs.saved(recipe, run).arraysSha256());
  }

  @Test
  @Tag("slow")
  void withoutThePluginToo() {
    try (JavaSparkContext spark =
        new JavaSparkContext(Sessions.conf("local-cluster[2,1,1024]").set("spark.plugins", ""))) {
      compare(spark, "no-plugin", Trainings.MOMENTUM, 2, Sync.PEERS);
    }
  }

  @Test
  @Tag("slow")
  void whereSparkAuthenticates() {
    try (JavaSparkContext spark =
        new JavaSparkContext(
            Sessions.conf("local-cluster[2,1,1024]")
                .set("spark.authenticate", "true")
                .set("spark.authenticate.secret", "known to this test alone"))) {
      compare(spark, "authenticated", Trainings.MOMENTUM, 2, Sync.PEERS);
    }
  }

  @Test
  @Tag("slow")
  void whereSparkEncrypts() {
    try (JavaSparkContext spark =
        new JavaSparkContext(
            Sessions.conf("local-cluster[2,1,1024]")
                .set("spark.authenticate", "true")
                .set("spark.authenticate.secret", "known to this test alone")
                .set("spark.network.crypto.enabled", "true"))) {
      compare(spark, "encrypted", Trainings.MOMENTUM, 2, Sync.PEERS);
      compare(spark, "encrypted", Trainings.ADAM, 2, Sync.PEERS);
    }
  }

  @Test
  @Tag("slow")
  void whereSparkSpeaksTls() throws Exception {
    Path keys = KeyStores.create(folder);
    try (JavaSparkContext spark =
        new JavaSparkContext(
            Sessions.conf("local-cluster[2,1,1024]")
                .set("spark.ssl.rpc.enabled", "true")
                .set("spark.ssl.rpc.protocol", "TLSv1.3")
                .set("spark.ssl.rpc.keyStore", keys.toString())
                .set("spark.ssl.rpc.keyStorePassword", KeyStores.PASSWORD)
                .set("spark.ssl.rpc.keyPassword", KeyStores.PASSWORD)
                .set("spark.ssl.rpc.trustStore", keys.toString())
                .set("spark.ssl.rpc.trustStorePassword", KeyStores.PASSWORD))) {
      compare(spark, "tls", Trainings.MOMENTUM, 2, Sync.PEERS);
    }
  }

  /** Owners that need to know all chunks, and keep averaged weights. */
  @Test
  @Tag("slow")
  void clippedAndAveragedOnTwoAndThreeExecutorsAndTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(3)) {
      for (Sync sync : Sync.values()) {
        for (int executors = 2; executors <= 3; executors++) {
          compare(spark, "clipped", Trainings.averagedAndClipped(sync), executors, 157);
        }
      }
    }
  }

  /** Where classes have weights, what a step is divided by is known when all figures have come. */
  @Test
  @Tag("slow")
  void byClassWeightsOnTwoAndThreeExecutorsAndTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(3)) {
      for (Sync sync : Sync.values()) {
        Recipe onePhase = Trainings.byClassWeights(Trainings.validated(sync), WEIGHTS);
        Recipe twoPhases =
            Trainings.byClassWeights(Trainings.averagedAndClipped(sync), ClassWeights.BALANCED);
        for (int executors = 2; executors <= 3; executors++) {
          compare(spark, "weighted", onePhase, executors, 157);
          compare(spark, "weighted-clipped", twoPhases, executors, 157);
        }
      }
    }
  }

  /** A loss of two outputs; validation and measured statistics know the first alone. */
  @Test
  void withAnAuxiliaryOutputInThisProcess() {
    try (JavaSparkContext spark = Sessions.local()) {
      for (Sync sync : Sync.values()) {
        compare(spark, "sided", Trainings.withAuxiliaryOutput(sync), 1, 157);
      }
    }
  }

  @Test
  @Tag("slow")
  void withAnAuxiliaryOutputOnTwoAndThreeExecutorsAndTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(3)) {
      compare(spark, "sided", Trainings.withAuxiliaryOutput(Sync.PEERS), 2, 157);
      compare(spark, "sided", Trainings.withAuxiliaryOutput(Sync.PEERS), 3, 157);
      compare(spark, "sided", Trainings.withAuxiliaryOutput(Sync.DRIVER), 2, 157);
    }
  }

  /** Owners that tell each other norms in one round after the other. */
  @Test
  void byNormsInThisProcess() {
    try (JavaSparkContext spark = Sessions.local()) {
      for (Sync sync : Sync.values()) {
        compare(spark, "norms", Trainings.byNorms(sync), 1, 157);
        compare(spark, "matrices", Trainings.byMatrices(sync), 1, 157);
      }
    }
  }

  @Test
  @Tag("slow")
  void byNormsOnTwoAndThreeExecutorsAndTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(3)) {
      compare(spark, "norms", Trainings.byNorms(Sync.PEERS), 2, 157);
      compare(spark, "norms", Trainings.byNorms(Sync.PEERS), 3, 157);
      compare(spark, "norms", Trainings.byNorms(Sync.DRIVER), 2, 157);
      compare(spark, "matrices", Trainings.byMatrices(Sync.PEERS), 2, 157);
      compare(spark, "matrices", Trainings.byMatrices(Sync.PEERS), 3, 157);
      compare(spark, "matrices", Trainings.byMatrices(Sync.DRIVER), 2, 157);
    }
  }

  /** Statistics of the average are measured by all, each on its share of the batches. */
  @Test
  void averagedAtTheEndInThisProcess() {
    try (JavaSparkContext spark = Sessions.local()) {
      for (Sync sync : Sync.values()) {
        compare(spark, "swa", Trainings.averagedAtTheEnd(sync), 1, 157);
      }
    }
  }

  @Test
  @Tag("slow")
  void averagedAtTheEndOnOneToFourExecutorsAndTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(4)) {
      for (int executors = 1; executors <= 4; executors++) {
        compare(spark, "swa", Trainings.averagedAtTheEnd(Sync.PEERS), executors, 157);
      }
      compare(spark, "swa", Trainings.averagedAtTheEnd(Sync.DRIVER), 3, 157);
    }
  }

  /** All train on the same rest of the set: 141 of 157 images, 8 steps an epoch. */
  @Test
  void withImagesHeldBackInThisProcess() {
    try (JavaSparkContext spark = Sessions.local()) {
      for (Sync sync : Sync.values()) {
        compare(spark, "held", Trainings.validated(sync), 1, 157);
      }
    }
  }

  @Test
  @Tag("slow")
  void withImagesHeldBackOnOneAndTwoExecutors() {
    try (JavaSparkContext spark = Sessions.executors(2)) {
      compare(spark, "held", Trainings.validated(Sync.PEERS), 1, 157);
      compare(spark, "held", Trainings.validated(Sync.PEERS), 2, 157);
      compare(spark, "held", Trainings.validated(Sync.DRIVER), 2, 157);
    }
  }

  /** Two epochs whose last batch is not full: 17 of 20, and a single sample. */
  private void compare(
      JavaSparkContext spark, String name, Optimizer optimizer, int executors, Sync sync) {
    for (int samples : new int[] {157, 141}) {
      compare(spark, name, Trainings.recipe(optimizer, 20, 2, sync), executors, samples);
    }
  }

  private void compare(
      JavaSparkContext spark, String name, Recipe recipe, int executors, int samples) {
    DataSet data = Trainings.data(folder, samples);
    TrainingState truth = Trainings.local(recipe, data);
    Path run =
        folder.resolve(
            String.join(
                "-",
                name,
                "" + samples,
                "" + executors,
                "" + recipe.sync(),
                "" + recipe.optimizer().slots()));
    TrainingOutcome outcome =
        new SparkTrainer(spark).train(Runs.job(recipe, data, run, executors), SILENT);
    assertEquals(truth.step(), outcome.steps());
    assertEquals(truth.weightsSha256(), outcome.weightsSha256(), run.toString());
    TrainingState saved = Runs.saved(recipe, run);
    assertEquals(recipe.stateArrays(), saved.arrays().size());
    assertEquals(truth.arraysSha256(), saved.arraysSha256(), run.toString());
    assertNorms(recipe, run);
  }

  /** The metrics hold the gradient's norm where it has a limit. */
  private static void assertNorms(Recipe recipe, Path run) {
    boolean limited = recipe.clip() != null && recipe.clip().norm() != null;
    try {
      for (JsonNode step : Metrics.steps(run)) {
        assertEquals(limited, step.has("gradientNorm"), step.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
