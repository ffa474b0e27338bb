package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointMetadata;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.augment.StandardScore;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.pretrained.Starts;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.run.DriverIdentity;
import io.convoy.run.RunDescription;
import io.convoy.run.RunFolder;
import io.convoy.run.Versions;
import io.convoy.train.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy export}, of a run with two checkpoints. */
final class ExportCommandTest {
  private static final Recipe RECIPE = recipe();

  @TempDir Path folder;
  private Path run;

  private static Recipe recipe() {
    RecipeFile file = RecipeFile.find("quickstart", Optional.empty());
    return RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of())
        .withStandardization(new StandardScore(new float[] {0.5f}, new float[] {0.25f}));
  }

  private static float[] weights(long step) {
    return RECIPE.network().layout().initialState(step);
  }

  @BeforeEach
  void create() {
    run = folder.resolve("run");
    RecipeFile file = RecipeFile.find("quickstart", Optional.empty());
    CheckpointStore store =
        RunFolder.create(
                run.toString(),
                new Configuration(),
                new RunDescription(
                    RecipeReader.tree(file), 1, "00", new Versions("0", 1, "17", "4", "none", "x")),
                DriverIdentity.here("test"))
            .checkpoints(3);
    for (long step : new long[] {10, 20}) {
      store.save(
          RECIPE.network().layout(),
          new Checkpoint(
              RECIPE.network().toJson(),
              new TrainingState(step, weights(step), List.of()),
              new CheckpointMetadata(step, 0, step, List.of(), 42, 1, "0.1"),
              Preprocessing.of(RECIPE, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))));
    }
  }

  private static float[] started(Path file) {
    Recipe tuned = RECIPE.toBuilder().fineTuning(FineTuning.from(file.toString())).build();
    return Starts.of(tuned, new LocalFiles()).weights();
  }

  @Test
  void whatIsExportedIsWhatATrainingStartsFrom() throws Exception {
    Path file = folder.resolve("new/w.safetensors");
    Invocation newest = Invocation.of("export", run.toString(), "--out", file.toString());
    assertEquals(0, newest.exitCode(), newest::err);
    assertEquals(
        "file:%s holds file:%s, step 20, as safetensors".formatted(file, run),
        newest.out().strip());
    assertArrayEquals(weights(20), started(file));
    Invocation before =
        Invocation.of(
            "export", run.toString(), "--checkpoint", "step:10", "--out", file.toString());
    assertEquals(0, before.exitCode(), before::err);
    assertArrayEquals(weights(10), started(file));
    assertNull(SparkEnv.get());
  }

  @Test
  void whatCannotBeWrittenIsTold() {
    Path file = folder.resolve("w.onx");
    Invocation other =
        Invocation.of("export", run.toString(), "--out", file.toString(), "--format", "pickle");
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("--format is safetensors or onnx; got 'pickle'"), other::err);
    Invocation nothing = Invocation.of("export", folder.toString(), "--out", file.toString());
    assertEquals(2, nothing.exitCode());
    assertTrue(nothing.err().contains("holds no run"), nothing::err);
    assertFalse(Files.exists(file));
  }
}
