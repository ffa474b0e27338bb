package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static io.convoy.checkpoint.Samples.assertSame;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.network.SampleLayout;
import io.convoy.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStoreTest {
  @TempDir Path temporary;
  private Path folder;
  private RunFolder run;
  private CheckpointStore store;

  @BeforeEach
  void create() {
    Path root = temporary.resolve("a run");
    folder = root.resolve("checkpoints");
    run =
        RunFolder.create(
            root.toString(), new Configuration(), Samples.description(), Samples.driver("host1"));
    store = run.checkpoints(3);
  }

  @Test
  void aStateComesBackBitForBit() {
    Checkpoint saved = checkpoint(1200);
    store.save(LAYOUT, saved);
    Checkpoint loaded = store.loadNewest(LAYOUT, SLOTS).orElseThrow();
    assertSame(saved, loaded);
    assertEquals(saved.state().weightsSha256(), loaded.state().weightsSha256());
    assertEquals(
        List.of(
            "MANIFEST.json",
            "model.json",
            "optimizer.safetensors",
            "state.json",
            "weights.safetensors"),
        names(folder.resolve("step-000001200")));
  }

  @Test
  void anOptimizerWithoutStateIsSavedToo() {
    Checkpoint saved = checkpoint(1, LAYOUT, List.of());
    store.save(LAYOUT, saved);
    assertSame(saved, store.loadNewest(LAYOUT, List.of()).orElseThrow());
  }

  @Test
  void theHashOfTheStateIsThatOfTheDataSection() throws Exception {
    Checkpoint saved = checkpoint(5);
    store.save(LAYOUT, saved);
    byte[] file = Files.readAllBytes(folder.resolve("step-000000005/weights.safetensors"));
    int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(file, 8 + header, file.length - 8 - header);
    assertEquals(HexFormat.of().formatHex(digest.digest()), saved.state().weightsSha256());
  }

  @Test
  void theManifestHoldsWhatSha256sumSays() throws Exception {
    store.save(LAYOUT, checkpoint(5));
    Path step = folder.resolve("step-000000005");
    JsonNode files =
        new ObjectMapper().readTree(step.resolve("MANIFEST.json").toFile()).get("files");
    assertEquals(4, files.size());
    for (var file : files.properties()) {
      byte[] bytes = Files.readAllBytes(step.resolve(file.getKey()));
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertEquals(bytes.length, file.getValue().get("size").asLong());
      assertEquals(HexFormat.of().formatHex(sum), file.getValue().get("sha256").asText());
    }
  }

  @Test
  void weightsAndNetworkCanBeReadAlone() {
    Checkpoint saved = checkpoint(5);
    store.save(LAYOUT, saved);
    CheckpointStore reading = RunFolder.open(run.location(), new Configuration()).checkpoints(1);
    Checkpoint loaded = reading.loadNewestWeights(LAYOUT).orElseThrow();
    assertArrayEquals(saved.state().weights(), loaded.state().weights());
    assertEquals(List.of(), loaded.state().slots());
    assertEquals(Optional.of(saved.network()), reading.newestNetwork());
    assertThrows(IllegalStateException.class, () -> reading.save(LAYOUT, saved));
  }

  @Test
  void noCheckpointIsNotAnError() {
    assertEquals(Optional.empty(), store.loadNewest(LAYOUT, SLOTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.json", "weights.safetensors", "optimizer.safetensors", "state.json"})
  void aTruncatedFileIsPassedOver(String file) throws IOException {
    save(100, 200);
    Path damaged = folder.resolve("step-000000200").resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 1));
    assertPassedOver(
        "%s must have %s bytes; it has %s".formatted(file, bytes.length, bytes.length - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.json", "weights.safetensors", "optimizer.safetensors", "state.json"})
  void oneAlteredByteIsNoticedWhereverItIs(String file) throws IOException {
    save(100, 200);
    Path damaged = folder.resolve("step-000000200").resolve(file);
    byte[] whole = Files.readAllBytes(damaged);
    for (int at = 0; at < whole.length; at += 1 + whole.length / 37) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 1;
      Files.write(damaged, bytes);
      assertPassedOver(file + " was altered: SHA-256 must be ");
    }
  }

  @Test
  void anAlteredManifestIsNeverBelieved() throws IOException {
    save(100, 200);
    Path damaged = folder.resolve("step-000000200/MANIFEST.json");
    byte[] whole = Files.readAllBytes(damaged);
    for (int at = 0; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 2;
      Files.write(damaged, bytes);
      Checkpoint loaded = store.loadNewest(LAYOUT, SLOTS).orElseThrow();
      assertSame(checkpoint(loaded.metadata().step()), loaded);
    }
  }

  @Test
  void aCheckpointWithoutManifestIsPassedOver() throws IOException {
    save(100, 200);
    Files.delete(folder.resolve("step-000000200/MANIFEST.json"));
    assertPassedOver("it has no MANIFEST.json: its writing was never finished");
  }

  @Test
  void aMissingFileAndAFolderInItsPlaceArePassedOver() throws IOException {
    save(100, 200);
    Path weights = folder.resolve("step-000000200/weights.safetensors");
    Files.delete(weights);
    assertPassedOver("weights.safetensors is missing");
    Files.createDirectory(weights);
    assertPassedOver("weights.safetensors must have ");
  }

  @Test
  void whenAllAreDamagedTheErrorListsThem() throws IOException {
    save(100, 200);
    Files.delete(folder.resolve("step-000000200/MANIFEST.json"));
    Files.delete(folder.resolve("step-000000100/state.json"));
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.loadNewest(LAYOUT, SLOTS));
    assertEquals(ConvoyException.Kind.DATA, error.kind());
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "checkpoints is whole: step-000000200 (it has no MANIFEST.json: its writing was"
                    + " never finished); step-000000100 (state.json is missing); restore one from a"
                    + " copy, or start a new run with another --out"),
        error.getMessage());
  }

  @Test
  void leftoversOfAKilledDriverAreIgnoredAndRemoved() throws IOException {
    save(100);
    Path half = Files.createDirectory(folder.resolve(".tmp-000000001-step-000000150"));
    Files.writeString(half.resolve("model.json"), "{");
    Path newer = Files.createDirectory(folder.resolve(".tmp-000000002-step-000000150"));
    assertEquals(100, store.loadNewest(LAYOUT, SLOTS).orElseThrow().metadata().step());
    save(200);
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(newer), "a newer driver's temporary is not ours to remove");
  }

  @Test
  void theOldestAreRemovedAndTheNewestNever() {
    save(100, 200, 300, 400);
    assertEquals(List.of("step-000000200", "step-000000300", "step-000000400"), names(folder));
  }

  @Test
  void damagedOnesOfLaterStepsDoNotPushOutWholeOnes() throws IOException {
    save(100, 500);
    Files.delete(folder.resolve("step-000000500/MANIFEST.json"));
    CheckpointStore one = run.checkpoints(1);
    one.save(LAYOUT, checkpoint(200));
    assertEquals(List.of("step-000000200", "step-000000500"), names(folder));
    assertEquals(200, one.loadNewest(LAYOUT, SLOTS).orElseThrow().metadata().step());
    one.save(LAYOUT, checkpoint(500));
    assertSame(checkpoint(500), one.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  @Test
  void savingTheSameStepAgainKeepsOne() throws IOException {
    save(100, 100);
    assertEquals(List.of("step-000000100"), names(folder));
    Files.writeString(folder.resolve("step-000000100/weights.safetensors"), "damaged");
    save(100);
    assertSame(checkpoint(100), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
    assertEquals(List.of("step-000000100"), names(folder));
  }

  @Test
  void aStateWithANaNIsNotSaved() {
    save(100);
    Checkpoint diverged = checkpoint(200);
    diverged.state().slots().get(1)[136] = Float.NaN;
    diverged.state().weights()[135 + 5 + 3] = Float.POSITIVE_INFINITY;
    ConvoyException error = assertThrows(ConvoyException.class, () -> store.save(LAYOUT, diverged));
    assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
    assertEquals(
        "step 200: norm1.running_mean[3] is Infinity; a state is saved only when all of it is"
            + " finite: start a new run with a lower learning rate or more warm-up",
        error.getMessage());
    diverged.state().weights()[135 + 5 + 3] = 0;
    error = assertThrows(ConvoyException.class, () -> store.save(LAYOUT, diverged));
    assertTrue(error.getMessage().startsWith("step 200: exp_avg_sq/conv1.bias[1] is NaN;"));
    assertEquals(100, store.loadNewest(LAYOUT, SLOTS).orElseThrow().metadata().step());
  }

  @Test
  void anotherNetworkIsAUsageErrorThatNamesTheFirstDifference() {
    save(100);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.loadNewest(SampleLayout.of(46), SLOTS));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "step-000000100/weights.safetensors does not fit the network: its tensor 4 is"
                    + " dense.weight [7, 45], the network wants dense.weight [7, 46]; use the"
                    + " recipe that the run was started with"),
        error.getMessage());
  }

  @Test
  void anotherOptimizerIsAUsageError() {
    save(100);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.loadNewest(LAYOUT, List.of("momentum")));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "step-000000100 holds the optimizer state [exp_avg, exp_avg_sq], the recipe's"
                    + " optimizer has [momentum]; use the recipe that the run was started with"),
        error.getMessage());
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() throws IOException {
    CheckpointMetadata metadata = checkpoint(7).metadata();
    ObjectNode json = (ObjectNode) Json.readFile(Json.bytes(metadata), JsonNode.class, "");
    json.put("averagedSince", 3);
    assertEquals(metadata, Json.readFile(Json.bytes(json), CheckpointMetadata.class, ""));
  }

  private void save(long... steps) {
    for (long step : steps) {
      store.save(LAYOUT, checkpoint(step));
    }
  }

  private void assertPassedOver(String reason) {
    try (CapturedLog log = new CapturedLog(CheckpointStore.class)) {
      assertSame(checkpoint(100), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
      assertEquals(1, log.lines().size(), log.lines().toString());
      String line = log.lines().get(0);
      assertTrue(line.startsWith("WARN checkpoint file:/"), line);
      assertTrue(line.contains("step-000000200 is passed over: " + reason), line);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
