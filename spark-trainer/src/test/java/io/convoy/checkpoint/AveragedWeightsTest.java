package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints with {@code ema.safetensors}, and those of runs that have none. */
class AveragedWeightsTest {
  @TempDir Path temporary;
  private Path folder;
  private CheckpointStore store;

  @BeforeEach
  void create() {
    Path root = temporary.resolve("run");
    folder = root.resolve("checkpoints");
    store =
        RunFolder.create(
                root.toString(),
                new Configuration(),
                Samples.description(),
                Samples.driver("host1"))
            .checkpoints(3);
  }

  /** The weights, negated, as averaged ones. */
  private static Checkpoint averaged(long step) {
    Checkpoint plain = Samples.checkpoint(step);
    TrainingState state = plain.state();
    float[] ema = state.weights().clone();
    for (int i = 0; i < ema.length; i++) {
      ema[i] = -ema[i];
    }
    return new Checkpoint(
        plain.network(),
        new TrainingState(step, state.weights(), state.slots(), ema),
        plain.metadata());
  }

  private Path file(long step, String name) {
    return folder.resolve(StepFolder.name(step)).resolve(name);
  }

  private static String header(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new String(bytes, 8, length, StandardCharsets.UTF_8);
  }

  @Test
  void theyComeBackBitForBit() {
    Checkpoint saved = averaged(7);
    store.save(LAYOUT, saved);
    TrainingState loaded = store.loadNewest(LAYOUT, SLOTS).orElseThrow().state();
    assertEquals(saved.state().arraysSha256(), loaded.arraysSha256());
    assertEquals(4, loaded.arrays().size());
  }

  @Test
  void theirFileIsLikeThatOfTheWeightsAndInTheManifest() throws IOException {
    store.save(LAYOUT, averaged(7));
    assertEquals(header(file(7, "weights.safetensors")), header(file(7, "ema.safetensors")));
    assertEquals(
        Files.size(file(7, "weights.safetensors")), Files.size(file(7, "ema.safetensors")));
    assertTrue(Files.readString(file(7, "MANIFEST.json")).contains("ema.safetensors"));
    store.save(LAYOUT, Samples.checkpoint(8));
    assertFalse(Files.exists(file(8, "ema.safetensors")));
    assertFalse(Files.readString(file(8, "MANIFEST.json")).contains("ema.safetensors"));
  }

  @Test
  void withoutSlotsTheyAreReadToo() {
    store.save(LAYOUT, averaged(7));
    TrainingState loaded = store.loadNewestWeights(LAYOUT).orElseThrow().state();
    assertArrayEquals(averaged(7).state().ema(), loaded.inferenceWeights());
    assertArrayEquals(averaged(7).state().weights(), loaded.weights());
    store.save(LAYOUT, Samples.checkpoint(8));
    TrainingState plain = store.loadNewestWeights(LAYOUT).orElseThrow().state();
    assertNull(plain.ema());
    assertArrayEquals(Samples.checkpoint(8).state().weights(), plain.inferenceWeights());
  }

  @Test
  void aDamagedFileOfThemIsPassedOver() throws IOException {
    store.save(LAYOUT, averaged(7));
    store.save(LAYOUT, averaged(9));
    Path damaged = file(9, "ema.safetensors");
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(whole, whole.length - 1));
    assertNewest(7, "ema.safetensors must have %s bytes".formatted(whole.length));
    byte[] altered = whole.clone();
    altered[whole.length / 2] ^= 1;
    Files.write(damaged, altered);
    assertNewest(7, "ema.safetensors was altered: SHA-256 must be ");
    Files.delete(damaged);
    assertNewest(7, "ema.safetensors is missing");
  }

  @Test
  void aManifestMayListThemButNothingElse() throws IOException {
    store.save(LAYOUT, averaged(7));
    store.save(LAYOUT, averaged(9));
    Path manifest = file(9, "MANIFEST.json");
    ObjectNode json = (ObjectNode) Json.readFile(Files.readAllBytes(manifest), JsonNode.class, "");
    ObjectNode files = (ObjectNode) json.get("files");
    files.set("other.safetensors", files.get("ema.safetensors"));
    Files.write(manifest, Json.lines(json));
    assertNewest(
        7,
        "its MANIFEST.json must list [model.json, optimizer.safetensors, state.json,"
            + " weights.safetensors] and may list [ema.safetensors, preprocessing.json,"
            + " preprocessing.safetensors, swa.safetensors]; it lists [");
  }

  @Test
  void thoseOfTheOtherKindHaveAFileOfTheirOwn() throws IOException {
    Checkpoint saved = stochastic(7);
    store.save(LAYOUT, saved);
    assertFalse(Files.exists(file(7, "ema.safetensors")));
    assertEquals(header(file(7, "weights.safetensors")), header(file(7, "swa.safetensors")));
    TrainingState loaded = store.loadNewest(LAYOUT, SLOTS).orElseThrow().state();
    assertEquals(saved.state().arraysSha256(), loaded.arraysSha256());
    assertNull(loaded.ema());
    TrainingState weights = store.loadNewestWeights(LAYOUT).orElseThrow().state();
    assertArrayEquals(saved.state().swa(), weights.inferenceWeights());
    saved.state().swa()[135 + 3] = Float.NaN;
    ConvoyException error = assertThrows(ConvoyException.class, () -> store.save(LAYOUT, saved));
    assertTrue(
        error.getMessage().startsWith("step 7: swa/conv1.bias[3] is NaN;"), error.getMessage());
  }

  private static Checkpoint stochastic(long step) {
    Checkpoint ema = averaged(step);
    TrainingState state = ema.state();
    return new Checkpoint(
        ema.network(),
        new TrainingState(step, state.weights(), state.slots(), null, state.ema()),
        ema.metadata());
  }

  @Test
  void noCheckpointHasBoth() throws IOException {
    store.save(LAYOUT, averaged(7));
    store.save(LAYOUT, averaged(9));
    Files.copy(file(9, "ema.safetensors"), file(9, "swa.safetensors"));
    Path manifest = file(9, "MANIFEST.json");
    ObjectNode json = (ObjectNode) Json.readFile(Files.readAllBytes(manifest), JsonNode.class, "");
    ObjectNode files = (ObjectNode) json.get("files");
    files.set("swa.safetensors", files.get("ema.safetensors"));
    Files.write(manifest, Json.lines(json));
    assertNewest(
        7,
        "its MANIFEST.json must list one of ema.safetensors and swa.safetensors at the most; it"
            + " lists both");
  }

  @Test
  void aNaNAmongThemIsNotSaved() {
    Checkpoint diverged = averaged(7);
    diverged.state().ema()[135 + 3] = Float.NaN;
    ConvoyException error = assertThrows(ConvoyException.class, () -> store.save(LAYOUT, diverged));
    assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
    assertTrue(
        error.getMessage().startsWith("step 7: ema/conv1.bias[3] is NaN;"), error.getMessage());
  }

  private void assertNewest(long step, String reason) {
    try (CapturedLog log = new CapturedLog(CheckpointStore.class)) {
      assertEquals(step, store.loadNewest(LAYOUT, SLOTS).orElseThrow().metadata().step());
      assertEquals(1, log.lines().size(), log.lines().toString());
      assertTrue(log.lines().get(0).contains(" is passed over: " + reason), log.lines().get(0));
    }
  }
}
