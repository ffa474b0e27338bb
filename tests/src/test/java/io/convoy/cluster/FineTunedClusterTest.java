package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.format.onnx.OnnxExport;
import io.convoy.format.onnx.OnnxImport;
import io.convoy.inference.Model;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.FineTuning.Head;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.RateFactor;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network trained on one set goes on with another: with another head, and frozen layers. */
class FineTunedClusterTest {
  private static final TrainingListener SILENT = new TrainingListener() {};
  private static final int CLASSES = 7;

  @TempDir Path folder;
  private DataSet first;
  private DataSet second;
  private Recipe before;

  @BeforeEach
  void draw() throws IOException {
    first = Trainings.data(folder, 157);
    second = inverted(Trainings.data(folder, 200));
    before = Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS);
  }

  /** The same images in the negative, in fewer classes. */
  private DataSet inverted(IdxDataSet set) throws IOException {
    Path images = folder.resolve("negatives");
    Path labels = folder.resolve("fewer-labels");
    byte[] pixels = Files.readAllBytes(Path.of(set.images()));
    for (int i = 16; i < pixels.length; i++) {
      pixels[i] = (byte) ~pixels[i];
    }
    byte[] classes = Files.readAllBytes(Path.of(set.labels()));
    for (int i = 8; i < classes.length; i++) {
      classes[i] = (byte) (classes[i] % CLASSES);
    }
    Files.write(images, pixels);
    Files.write(labels, classes);
    return new IdxDataSet(images.toString(), labels.toString(), List.of());
  }

  /** Ten epochs of ten steps. */
  private static Recipe tuned(String weights, Sync sync) {
    Network.Builder network = Network.input(13, 13, 1);
    for (Node node : Trainings.network().nodes()) {
      network.then(node.name(), node.name().equals("logits") ? Linear.of(CLASSES) : node.layer());
    }
    return Trainings.averagedAndClipped(sync).toBuilder()
        .network(network.build())
        .epochs(10)
        .fineTuning(
            FineTuning.from(weights)
                .withHead(Head.REPLACE)
                .withFreeze(Freeze.of("conv1"), Freeze.of("bn1"), new Freeze("conv2", 3))
                .withRates(new RateFactor("conv2", 0.1f)))
        .build();
  }

  private void trainsAlike(JavaSparkContext spark, int executors, Sync... ways) {
    Path run = folder.resolve("first");
    new SparkTrainer(spark).train(Runs.job(before, first, run, executors), SILENT);
    TrainingState source = Runs.saved(before, run);
    String file = run.resolve("checkpoints/step-000000016/weights.safetensors").toString();
    TrainingState local = Trainings.local(tuned(file, Sync.PEERS), second);
    assertEquals(100, local.step());
    for (Sync sync : ways) {
      Recipe recipe = tuned(run.toString(), sync);
      Path second = folder.resolve("second-" + sync);
      new SparkTrainer(spark).train(Runs.job(recipe, this.second, second, executors), SILENT);
      TrainingState end = Runs.saved(recipe, second);
      assertEquals(local.arraysSha256(), end.arraysSha256(), sync.toString());
      requireFrozen(recipe, source.weights(), end);
      requireTold(second, source);
    }
  }

  private void requireFrozen(Recipe recipe, float[] source, TrainingState end) {
    for (Entry entry : recipe.network().layout().entries()) {
      int to = entry.offset() + entry.length();
      if (entry.name().matches("(conv1|bn1)\\..*")) {
        for (float[] state : List.of(end.weights(), end.ema())) {
          assertTrue(
              Arrays.equals(source, entry.offset(), to, state, entry.offset(), to), entry.name());
        }
      } else if (!entry.name().startsWith("logits")) {
        assertNotEquals(
            -1,
            Arrays.mismatch(source, entry.offset(), to, end.weights(), entry.offset(), to),
            entry.name());
      }
    }
  }

  private static void requireTold(Path run, TrainingState source) {
    var start = RunFolder.open(run.toString(), new Configuration()).description().start();
    assertEquals(source.weightsSha256(), start.sha256());
    assertEquals(List.of("logits.weight", "logits.bias"), start.fresh());
    assertEquals(7, start.loaded().size());
  }

  /** What other tools exchange as ONNX trains on, from the file's weights. */
  private void importedTrainsAlike(JavaSparkContext spark, int executors) throws IOException {
    Recipe own =
        before.withStandardization(new StandardScore(new float[] {0.5f}, new float[] {0.25f}));
    float[] weights = own.network().layout().initialState(5);
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      int logits = own.network().outputShape().channels();
      Preprocessing preprocessing =
          Preprocessing.of(own, IntStream.range(0, logits).mapToObj(String::valueOf).toList());
      OnnxExport.write(
          new Model("m", own.network(), weights, preprocessing, ConvolutionAlgorithm.AUTO),
          "test",
          out);
    }
    OnnxImport read = OnnxImport.read(Files.readAllBytes(file), "model.onnx");
    Recipe recipe =
        own.toBuilder()
            .network(read.network())
            .fineTuning(FineTuning.from(file.toString()).withFreeze(Freeze.of("conv1")))
            .build();
    Path run = folder.resolve("imported");
    new SparkTrainer(spark).train(Runs.job(recipe, first, run, executors), SILENT);
    TrainingState end = Runs.saved(recipe, run);
    assertEquals(Trainings.local(recipe, first).arraysSha256(), end.arraysSha256());
    var start = RunFolder.open(run.toString(), new Configuration()).description().start();
    assertEquals(List.of(), start.fresh());
    assertEquals(List.of(), start.skipped());
    Entry frozen = recipe.network().layout().entries().get(0);
    int to = frozen.offset() + frozen.length();
    assertTrue(Arrays.equals(weights, frozen.offset(), to, end.weights(), frozen.offset(), to));
    assertNotEquals(-1, Arrays.mismatch(weights, end.weights()));
  }

  @Test
  void anImportedNetworkInThisProcess() throws IOException {
    try (JavaSparkContext spark = Sessions.local()) {
      importedTrainsAlike(spark, 1);
    }
  }

  @Test
  @Tag("slow")
  void anImportedNetworkOnTwoExecutors() throws IOException {
    try (JavaSparkContext spark = Sessions.executors(2)) {
      importedTrainsAlike(spark, 2);
    }
  }

  @Test
  void oneTaskInThisProcess() {
    try (JavaSparkContext spark = Sessions.local()) {
      trainsAlike(spark, 1, Sync.PEERS);
    }
  }

  @Test
  @Tag("slow")
  void twoExecutorsByPeersAndByTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(2)) {
      trainsAlike(spark, 2, Sync.PEERS, Sync.DRIVER);
    }
  }
}
