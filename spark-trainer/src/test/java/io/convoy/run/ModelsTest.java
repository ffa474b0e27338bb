package io.convoy.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointMetadata;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.Samples;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.predict.PredictSets;
import io.convoy.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of three checkpoints, the first of which is the best; the last has averages. */
class ModelsTest {
  @TempDir Path temporary;
  private Path run;
  private CheckpointStore store;

  @BeforeEach
  void create() {
    run = temporary.resolve("run");
    RunDescription like = Samples.description();
    ObjectNode recipe = Json.object().put("conv", "direct");
    store =
        RunFolder.create(
                run.toString(),
                new Configuration(),
                new RunDescription(recipe, like.seed(), like.dataFingerprint(), like.versions()),
                Samples.driver("host"))
            .checkpoints(3);
    save(10, null);
    save(20, null);
    save(30, 4L);
  }

  /** The weights of a step are those of a seed. */
  private void save(long step, Long averagedSeed) {
    Model model = PredictSets.model(step);
    float[] ema = averagedSeed == null ? null : PredictSets.model(averagedSeed).weights();
    TrainingState state = new TrainingState(step, model.weights(), List.of(), ema);
    CheckpointMetadata metadata =
        new CheckpointMetadata(step, 0, step, List.of(), 42, 1, "0.1", List.of(), 10L, List.of());
    store.save(
        model.network().layout(),
        new Checkpoint(model.network().toJson(), state, metadata, model.preprocessing()));
  }

  private static Model load(Path place, String which) {
    return Models.load(place.toString(), WhichCheckpoint.of(which), new Configuration());
  }

  private static void require(long seed, Model loaded) {
    Model expected = PredictSets.model(seed);
    assertEquals(expected.network(), loaded.network());
    assertEquals(expected.preprocessing(), loaded.preprocessing());
    assertArrayEquals(expected.weights(), loaded.weights(), 0f);
  }

  @Test
  void theCheckpointThatIsMeant() {
    require(4, load(run, "newest")); // the averages of the last
    require(10, load(run, "best"));
    require(20, load(run, "step:20"));
    assertEquals("file:" + run + ", step 20", load(run, "step:20").name());
    assertEquals(ConvolutionAlgorithm.DIRECT, load(run, "newest").convolution());
    assertEquals(PredictSets.CLASSES, load(run, "newest").classes());
  }

  @Test
  void aCheckpointByItself() throws IOException {
    Path checkpoint = run.resolve("checkpoints/step-000000020");
    require(20, load(checkpoint, "newest"));
    assertEquals(ConvolutionAlgorithm.DIRECT, load(checkpoint, "newest").convolution());
    Path copy = temporary.resolve("elsewhere/model");
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    require(20, load(copy, "newest"));
    assertEquals(ConvolutionAlgorithm.AUTO, load(copy, "newest").convolution());
    assertNotEquals(load(copy, "newest").fingerprint(), load(run, "step:20").fingerprint());
    requireError("is one checkpoint, so there is none to choose; got best", copy, "best");
    Files.write(copy.resolve("weights.safetensors"), new byte[10]);
    requireError("weights.safetensors must have", copy, "newest");
  }

  @Test
  void whatIsNotThere() {
    requireError("the checkpoint of step 25, ", run, "step:25");
    requireError("holds no run", temporary, "newest");
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> WhichCheckpoint.of("step:-1"));
    assertEquals(
        "a checkpoint is newest, best or that of a step, such as step:1200; got 'step:-1'",
        error.getMessage());
  }

  private static void requireError(String text, Path place, String which) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> load(place, which));
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }
}
