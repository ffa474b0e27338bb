package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.augment.StandardScore;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.format.SafetensorsWriter;
import io.convoy.format.TensorSlice;
import io.convoy.json.Json;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.pretrained.StartReport;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.storage.HadoopFiles;
import io.convoy.tensor.Shape;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from weights: what they keep of them, and what a resume refuses. */
class RunStartTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("w.safetensors");
    write(1);
  }

  /** A dense layer's weights, 15 and 3. */
  private void write(float first) throws IOException {
    float[] weights = new float[18];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = first + i;
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      var unused =
          new SafetensorsWriter(
                  List.of(
                      new TensorSlice("fc.weight", Shape.of(3, 5), weights, 0),
                      new TensorSlice("fc.bias", Shape.of(3), weights, 15)),
                  Map.of())
              .write(out);
    }
  }

  private static Recipe recipe(FineTuning tuning) {
    return new RecipeBuilder()
        .network(Network.input(1, 1, 5).then(new Flatten()).then("fc", Linear.of(3)).build())
        .data(new DataOptions(new Folders(), null, null))
        .standardization(
            new StandardScore(new float[5], new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0.5f}))
        .batchSize(4)
        .epochs(2)
        .optimizer(new Sgd(0.9f, false, 5e-4f, false))
        .schedule(new Constant(0.1, 0))
        .fineTuning(tuning)
        .build();
  }

  private static RunStart start(Recipe recipe, boolean goesOn) {
    RunStart start = RunStart.of(recipe, new HadoopFiles(new Configuration()));
    start.requireSum(() -> goesOn);
    return start;
  }

  private RunSession open(Recipe recipe, boolean resume) {
    String run = folder.resolve("run").toString();
    return RunSession.open(
        new TrainingJob(recipe, null, null, run, resume, 1, 1),
        start(recipe, resume),
        List.of("a", "b", "c"),
        false,
        "ab12",
        resume ? "later" : "first",
        "4.2",
        new Configuration());
  }

  private void save(RunSession session) {
    TrainingState state = session.takeStart();
    session.save(session.checkpoint(state, new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY));
  }

  private Recipe ofTheRun() {
    return Json.value(
        RunFolder.open(folder.resolve("run").toString(), new Configuration())
            .description()
            .recipe(),
        Recipe.class,
        "run.json");
  }

  @Test
  void aRunKeepsWhatItStartedFrom() {
    Recipe recipe = recipe(FineTuning.from(file.toString()));
    RunSession session = open(recipe, false);
    assertEquals(18f, session.takeStart().weights()[17]);
    StartReport report =
        RunFolder.open(folder.resolve("run").toString(), new Configuration()).description().start();
    assertEquals(List.of("fc.weight", "fc.bias"), report.loaded());
    assertEquals(report.sha256(), session.recipe().fineTuning().sha256());
    assertEquals(session.recipe(), ofTheRun());
  }

  @Test
  void aResumeTakesTheSameWeightsAlone() throws IOException {
    Recipe recipe = recipe(FineTuning.from(file.toString()));
    save(open(recipe, false));
    assertEquals(0, open(recipe, true).startStep());
    Path moved = folder.resolve("moved.safetensors");
    Files.copy(file, moved);
    assertEquals(0, open(recipe(FineTuning.from(moved.toString())), true).startStep());
    write(2);
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(recipe, true));
    assertTrue(
        error.getMessage().contains("'fineTuning.sha256' may not change on resume"),
        error.getMessage());
    ConvoyException without =
        assertThrows(
            ConvoyException.class,
            () ->
                open(
                    recipe(FineTuning.from(moved.toString()).withFreeze(Freeze.of("fc.bias"))),
                    true));
    assertTrue(
        without.getMessage().contains("'fineTuning.freeze[0]' may not change on resume"),
        without.getMessage());
  }

  /** By its own recipe a run needs the file no more, once it has a checkpoint. */
  @Test
  void aRunWithACheckpointNeedsNoFile() throws IOException {
    save(open(recipe(FineTuning.from(file.toString())), false));
    Files.delete(file);
    RunSession resumed = open(ofTheRun(), true);
    assertEquals(18f, resumed.takeStart().weights()[17]);
  }

  @Test
  void aRunAndACheckpointAreStartsToo() {
    save(open(recipe(FineTuning.from(file.toString())), false));
    Path run = folder.resolve("run");
    for (Path place : List.of(run, run.resolve("checkpoints/step-000000000"))) {
      RunStart start = start(recipe(FineTuning.from(place.toString())), false);
      float[] expected = new float[18];
      for (int i = 0; i < 18; i++) {
        expected[i] = 1 + i;
      }
      assertArrayEquals(expected, start.weights());
      assertEquals(start.report().orElseThrow().sha256(), start.recipe().fineTuning().sha256());
    }
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> start(recipe(FineTuning.from(folder.toString())), false));
    assertTrue(error.getMessage().contains("holds no run"), error.getMessage());
  }
}
