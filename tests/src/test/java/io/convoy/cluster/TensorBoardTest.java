package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.checkpoint.Hdfs;
import io.convoy.data.DataSet;
import io.convoy.network.StateLayout;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.run.RunFolder;
import io.convoy.tensorboard.ShownEvents;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** TensorBoard's curves are those of the metrics, each step once, whoever was killed. */
@Tag("slow")
@ExtendWith(Hdfs.class)
class TensorBoardTest {
  private static final int EPOCH = 16; // 1501 samples in batches of 100
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void onTwoExecutorsAfterAKilledDriver() throws Exception {
    Path run = folder.resolve("run");
    try (DriverProcess driver = new DriverProcess(folder, run, "new", 4, 0)) {
      // one checkpoint is saved and one waits at the most, so that the first epoch's is there now
      assertNotNull(driver.await(line -> line.equals("step " + (3 * EPOCH + 5))));
      driver.kill();
    }
    Recipe recipe = DriverMain.recipe(4);
    DataSet data = Trainings.data(folder, DriverMain.SAMPLES);
    try (JavaSparkContext spark = Sessions.executors(2)) {
      new SparkTrainer(spark).train(Runs.resume(recipe, data, run, 2), new TrainingListener() {});
    }
    Store store = new Store(run.toString(), FileSystem.getLocal(new Configuration()));
    assertTrue(store.eventFiles().size() >= 2, "one of each driver");
    store.assertShown(4 * EPOCH);
  }

  /** With validation and a test set; then made longer by a second driver. */
  @Test
  void onHdfs(MiniDFSCluster cluster) throws Exception {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe =
        Trainings.averagedAndClipped(Sync.PEERS).toBuilder()
            .epochs(3)
            .checkpoint(new CheckpointOptions(3, 2))
            .validation(new ValidationOptions(0.2, null))
            .build();
    String run = cluster.getURI() + "/runs/tensorboard";
    Store store = new Store(run, cluster.getFileSystem());
    try (JavaSparkContext spark = Sessions.local()) {
      train(spark, recipe.withMaxSteps(7), data, run, false);
      store.assertShown(7);
      train(spark, recipe, data, run, true);
    }
    long last = store.assertShown(21);
    ShownEvents shown = store.shown(ShownEvents.Reader.BY_RESTARTS);
    assertEquals(List.of(1L, 8L), shown.restarts(), "HDFS appends: a file for each driver");
    JsonNode result = MAPPER.readTree(store.read("result.json"));
    assertEquals(
        (float) result.get("testAccuracy").asDouble(), shown.curve("accuracy/test").get(last));
    assertEquals((float) result.get("testLoss").asDouble(), shown.curve("loss/test").get(last));
    assertHistogramsOf(store, recipe, run);
  }

  private static void train(
      JavaSparkContext spark, Recipe recipe, DataSet data, String run, boolean resume) {
    new SparkTrainer(spark)
        .train(new TrainingJob(recipe, data, data, run, resume, 1, 1), new TrainingListener() {});
  }

  /** Numbers and extremes of what the last checkpoint holds. */
  private static void assertHistogramsOf(Store store, Recipe recipe, String run) {
    TrainingState saved =
        RunFolder.open(run, new Configuration())
            .checkpoints(2)
            .loadNewest(recipe.network().layout(), recipe.optimizer().slots())
            .orElseThrow()
            .state();
    ShownEvents shown = store.shown(ShownEvents.Reader.BY_STEPS);
    for (StateLayout.Entry entry : recipe.network().layout().trained()) {
      NavigableMap<Long, ShownEvents.Spread> spreads = shown.spread("weights/" + entry.name());
      assertEquals(List.of(3L, 6L, 7L, 9L, 12L, 15L, 18L, 21L), List.copyOf(spreads.keySet()));
      float[] weights =
          Arrays.copyOfRange(saved.weights(), entry.offset(), entry.offset() + entry.length());
      Arrays.sort(weights);
      double[] figures = spreads.get(saved.step()).figures();
      assertEquals(weights[0], figures[0]);
      assertEquals(weights[weights.length - 1], figures[1]);
      assertEquals(weights.length, figures[2]);
    }
  }

  @Test
  void whoGoesWithoutHasNone() throws IOException {
    Recipe with = Trainings.recipe(Trainings.MOMENTUM, 20, 1, Sync.PEERS);
    Recipe without =
        with.toBuilder()
            .checkpoint(new CheckpointOptions(0, 3, false, CheckpointOptions.Best.LOSS, 30, false))
            .build();
    DataSet data = Trainings.data(folder, 157);
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      trainer.train(
          Runs.job(without, data, folder.resolve("without"), 1), new TrainingListener() {});
      trainer.train(Runs.job(with, data, folder.resolve("with"), 1), new TrainingListener() {});
    }
    assertFalse(Files.exists(folder.resolve("without/tensorboard")));
    assertTrue(Files.exists(folder.resolve("with/tensorboard")));
    assertEquals(
        Runs.saved(with, folder.resolve("with")).arraysSha256(),
        Runs.saved(without, folder.resolve("without")).arraysSha256());
  }

  /** A run's files, wherever they are. */
  private record Store(String run, FileSystem files) {
    List<String> eventFiles() throws IOException {
      List<String> names = new ArrayList<>();
      for (FileStatus file : files.listStatus(new org.apache.hadoop.fs.Path(run, "tensorboard"))) {
        names.add("tensorboard/" + file.getPath().getName());
      }
      names.sort(null);
      return names;
    }

    byte[] read(String name) throws IOException {
      try (InputStream in = files.open(new org.apache.hadoop.fs.Path(run, name))) {
        return in.readAllBytes();
      }
    }

    ShownEvents shown(ShownEvents.Reader reader) {
      try {
        List<byte[]> bytes = new ArrayList<>();
        for (String name : eventFiles()) {
          bytes.add(read(name));
        }
        return ShownEvents.of(bytes, reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** All curves are those of the metrics, which have each step once. */
    long assertShown(long steps) throws IOException {
      NavigableMap<Long, Float> loss = new TreeMap<>();
      NavigableMap<Long, Float> accuracy = new TreeMap<>();
      NavigableMap<Long, Float> rate = new TreeMap<>();
      NavigableMap<Long, Float> norm = new TreeMap<>();
      NavigableMap<Long, Float> speed = new TreeMap<>();
      NavigableMap<Long, Float> validationLoss = new TreeMap<>();
      NavigableMap<Long, Float> validationAccuracy = new TreeMap<>();
      for (String line :
          new String(read("metrics.jsonl"), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode at = MAPPER.readTree(line);
        long step = at.get("step").asLong();
        if (at.has("validationLoss")) {
          validationLoss.put(step, (float) at.get("validationLoss").asDouble());
          validationAccuracy.put(step, (float) at.get("validationAccuracy").asDouble());
        }
        if (at.has("loss")) {
          double samples = at.get("samples").asDouble();
          loss.put(step, (float) at.get("loss").asDouble());
          accuracy.put(step, (float) (at.get("correct").asDouble() / samples));
          rate.put(step, (float) at.get("rate").asDouble());
          norm.put(step, (float) at.get("gradientNorm").asDouble());
          speed.put(step, (float) (samples / at.get("seconds").asDouble()));
        }
      }
      assertEquals(steps, loss.size());
      assertEquals(steps, loss.lastKey());
      for (ShownEvents.Reader reader : ShownEvents.Reader.values()) {
        ShownEvents shown = shown(reader);
        assertEquals(loss, shown.curve("loss/training"));
        assertEquals(accuracy, shown.curve("accuracy/training"));
        assertEquals(rate, shown.curve("step/rate"));
        assertEquals(norm, shown.curve("step/gradientNorm"));
        assertEquals(speed, shown.curve("step/imagesPerSecond"));
        assertEquals(validationLoss, shown.curve("loss/validation"));
        assertEquals(validationAccuracy, shown.curve("accuracy/validation"));
      }
      return loss.lastKey();
    }
  }
}
