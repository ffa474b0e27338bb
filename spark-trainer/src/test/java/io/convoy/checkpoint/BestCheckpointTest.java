package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The best checkpoint stays, and is found. */
class BestCheckpointTest {
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
            .checkpoints(2);
  }

  private void save(long step, Long best, ValidationResult... validations) {
    Checkpoint plain = Samples.checkpoint(step, LAYOUT, SLOTS);
    CheckpointMetadata metadata =
        new CheckpointMetadata(
            step, 0, step, SLOTS, 42, 1, "0.1", List.of(validations), best, List.of());
    store.save(LAYOUT, new Checkpoint(plain.network(), plain.state(), metadata));
  }

  private List<String> names() throws IOException {
    try (var names = Files.list(folder)) {
      return names.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theBestStaysUntilThereIsABetterOne() throws IOException {
    save(1, 1L);
    save(2, 1L);
    save(3, 1L);
    save(4, 1L);
    assertEquals(List.of("step-000000001", "step-000000003", "step-000000004"), names());
    assertEquals(1, store.loadBestWeights(LAYOUT).orElseThrow().metadata().step());
    save(5, 5L);
    assertEquals(List.of("step-000000004", "step-000000005"), names());
    assertEquals(5, store.loadBestWeights(LAYOUT).orElseThrow().metadata().step());
  }

  @Test
  void snapshotsStayBesideTheNewestAndTheBest() throws IOException {
    Checkpoint plain = Samples.checkpoint(1, LAYOUT, SLOTS);
    for (long step = 1; step <= 9; step++) {
      List<Long> snapshots = LongStream.of(2, 5, 9).filter(upTo(step)).boxed().toList();
      TrainingState state = new TrainingState(step, plain.state().weights(), plain.state().slots());
      CheckpointMetadata metadata =
          new CheckpointMetadata(
              step, 0, step, SLOTS, 42, 1, "0.1", List.of(), step < 4 ? 1L : 4L, snapshots);
      store.save(LAYOUT, new Checkpoint(plain.network(), state, metadata));
    }
    assertEquals(
        List.of(
            "step-000000002",
            "step-000000004",
            "step-000000005",
            "step-000000008",
            "step-000000009"),
        names());
    CheckpointMetadata newest = store.loadNewest(LAYOUT, SLOTS).orElseThrow().metadata();
    assertEquals(List.of(2L, 5L, 9L), newest.snapshots());
  }

  private static LongPredicate upTo(long step) {
    return snapshot -> snapshot <= step;
  }

  /** Only that of the newest whole checkpoint counts: it is the one that training goes on from. */
  @Test
  void theBestIsThatOfTheNewestWholeOne() throws IOException {
    save(1, 1L);
    save(2, 1L);
    save(3, 3L);
    Files.writeString(folder.resolve("step-000000003/state.json"), "x");
    ConvoyException gone = assertThrows(ConvoyException.class, () -> store.loadBestWeights(LAYOUT));
    assertEquals(ConvoyException.Kind.DATA, gone.kind());
    assertEquals(
        "the best checkpoint, file:%s/step-000000001, is gone or not whole: it has no MANIFEST.json:"
                .formatted(folder)
            + " its writing was never finished; restore it from a copy, or take the newest one",
        gone.getMessage());
  }

  @Test
  void aRunMayHaveNone() {
    assertEquals(Optional.empty(), store.loadBestWeights(LAYOUT));
    save(1, null);
    assertEquals(Optional.empty(), store.loadBestWeights(LAYOUT));
  }

  /** To the last bit: what validations decide must not change by a resume. */
  @Test
  void validationsComeBackExactly() {
    ValidationResult[] results = {
      new ValidationResult(1, 3, 0.1 + 0.2, 1.0 / 3), new ValidationResult(2, 3, Math.PI, 2.0 / 3)
    };
    save(2, 1L, results);
    CheckpointMetadata loaded = store.loadNewest(LAYOUT, SLOTS).orElseThrow().metadata();
    assertEquals(List.of(results), loaded.validations());
    assertEquals(1L, loaded.bestStep());
  }

  /** Checkpoints of trainings without validation are what they were before there was any. */
  @Test
  void withoutValidationTheFileIsAsBefore() throws IOException {
    save(1, null);
    String text = Files.readString(folder.resolve("step-000000001/state.json"));
    assertTrue(text.contains("\"codeVersion\""), text);
    assertFalse(text.contains("validations"), text);
    assertFalse(text.contains("bestStep"), text);
    assertFalse(text.contains("snapshots"), text);
  }
}
