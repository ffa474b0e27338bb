package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static io.convoy.checkpoint.Samples.assertSame;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.run.MetricsLog;
import io.convoy.run.RunFolder;
import io.convoy.storage.FaultyFileSystem;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that fill up, stores that cannot rename, reads that fail for a while. */
class FaultyFileSystemTest {
  @TempDir Path temporary;
  private final Configuration configuration = FaultyFileSystem.configuration();

  private RunFolder create() {
    return RunFolder.create(
        "faulty://" + temporary.resolve("run"),
        configuration,
        Samples.description(),
        Samples.driver("host1"));
  }

  /** The disk is full at every possible place, from the first byte to the last. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullDiskLosesNothing(boolean atomic) throws IOException {
    configuration.setBoolean(StoreFolder.ATOMIC_RENAME, atomic);
    CheckpointStore store = create().checkpoints(3);
    store.save(LAYOUT, checkpoint(100));
    int failures = 0;
    boolean saved = false;
    for (long room = 0; !saved; room += 700) {
      FaultyFileSystem.ROOM.set(room);
      try {
        store.save(LAYOUT, checkpoint(200));
        saved = true;
      } catch (ConvoyException error) {
        failures++;
        assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
        assertTrue(
            error
                .getMessage()
                .matches(
                    "cannot write checkpoint faulty:.*/checkpoints/step-000000200 \\(\\d+ bytes\\):"
                        + " No space left on device; the checkpoints before it are kept, so make"
                        + " room or give access and resume"),
            error.getMessage());
        assertEquals(List.of("step-000000100"), checkpoints());
        assertSame(checkpoint(100), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
      }
    }
    assertTrue(failures > 5, "failures=" + failures);
    assertSame(checkpoint(200), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  /** Wherever it ends, it ends in one line, and the same folder takes the next try. */
  @Test
  void aFullDiskWhileARunIsCreatedLeavesTheFolderFree() {
    int failures = 0;
    boolean created = false;
    for (long room = 0; !created; room += 50) {
      FaultyFileSystem.ROOM.set(room);
      try {
        create();
        created = true;
      } catch (ConvoyException error) {
        failures++;
        assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
        assertTrue(
            error
                .getMessage()
                .matches(
                    "cannot create run folder faulty:.*: No space left on device; make room or give"
                        + " access there, or choose another --out"),
            error.getMessage());
      }
    }
    assertTrue(failures > 5, "failures=" + failures);
  }

  @Test
  void withoutRenameTheManifestIsTheCommit() throws IOException {
    FaultyFileSystem.renameFails = true;
    RunFolder run = create();
    CheckpointStore store = run.checkpoints(2);
    for (long step : new long[] {100, 200, 200, 300}) {
      store.save(LAYOUT, checkpoint(step));
    }
    assertEquals(List.of("step-000000200", "step-000000300"), checkpoints());
    Files.delete(temporary.resolve("run/checkpoints/step-000000300/MANIFEST.json"));
    RunFolder resumed = RunFolder.resume(run.location(), configuration, Samples.driver("host2"));
    assertSame(checkpoint(200), resumed.checkpoints(2).loadNewest(LAYOUT, SLOTS).orElseThrow());
    resumed.checkpoints(2).save(LAYOUT, checkpoint(300));
    assertSame(checkpoint(300), resumed.checkpoints(2).loadNewest(LAYOUT, SLOTS).orElseThrow());
    assertThrows(ConvoyException.class, () -> store.save(LAYOUT, checkpoint(400)));
  }

  /** What is there cannot be compared at the moment; that is no reason to remove it. */
  @Test
  void aSecondSaveThatFailsLeavesTheFirstInPlace() {
    CheckpointStore store = create().checkpoints(3);
    store.save(LAYOUT, checkpoint(100));
    FaultyFileSystem.FAILING_OPENS.set(1);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.save(LAYOUT, checkpoint(100)));
    assertTrue(error.getMessage().contains("connection reset by data node"), error.getMessage());
    assertSame(checkpoint(100), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  @Test
  void metricsAreRewrittenWhereNothingCanBeAppended() throws IOException {
    FaultyFileSystem.renameFails = true;
    MetricsLog metrics = create().metrics();
    for (int step = 1; step <= 3; step++) {
      metrics.append(Map.of("step", step));
      metrics.flush();
    }
    assertEquals(
        List.of("{\"step\":1}", "{\"step\":2}", "{\"step\":3}"),
        Files.readAllLines(temporary.resolve("run/metrics.jsonl")));
  }

  @Test
  void aRenameThatFailsLosesNothing() throws IOException {
    configuration.setBoolean(StoreFolder.ATOMIC_RENAME, true);
    CheckpointStore store = create().checkpoints(3);
    store.save(LAYOUT, checkpoint(100));
    FaultyFileSystem.renameFails = true;
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.save(LAYOUT, checkpoint(200)));
    assertTrue(error.getMessage().contains(": rename is not atomic here; "), error.getMessage());
    assertEquals(List.of("step-000000100"), checkpoints());
  }

  @Test
  void aReadThatFailsForAWhileIsTriedAgain() {
    CheckpointStore store = create().checkpoints(3);
    store.save(LAYOUT, checkpoint(100));
    store.save(LAYOUT, checkpoint(200));
    FaultyFileSystem.FAILING_OPENS.set(3);
    assertSame(checkpoint(200), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  @Test
  void aReadThatKeepsFailingIsNotTakenForDamage() {
    CheckpointStore store = create().checkpoints(3);
    store.save(LAYOUT, checkpoint(100));
    FaultyFileSystem.FAILING_OPENS.set(1000);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.loadNewest(LAYOUT, SLOTS));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "checkpoints: connection reset by data node; try again when the file system is"
                    + " well, or move a checkpoint that stays unreadable out of the way"),
        error.getMessage());
    assertFalse(error.getMessage().contains("whole"));
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(temporary.resolve("run/checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
