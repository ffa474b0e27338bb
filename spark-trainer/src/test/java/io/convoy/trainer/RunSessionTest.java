package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.RunFolder;
import io.convoy.data.Standardization;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.schedule.Constant;
import io.convoy.train.BatchPlan;
import io.convoy.train.DataOptions;
import io.convoy.train.EmaOptions;
import io.convoy.train.LocalTrainer;
import io.convoy.train.Recipe;
import io.convoy.train.RecipeBuilder;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may differ between a run and the recipe that resumes it. */
class RunSessionTest {
  private static final Recipe PLAIN =
      new RecipeBuilder()
          .network(Network.input(5).then(Linear.of(3)).build())
          .data(new DataOptions(DataOptions.Format.FOLDERS, null, null))
          .standardization(new Standardization(new float[] {0.25f}, new float[] {0.5f}))
          .batchSize(4)
          .epochs(2)
          .optimizer(new Sgd(0.9f, false, 5e-4f, false))
          .schedule(new Constant(0.1, 0))
          .build();
  private static final Recipe AVERAGED = PLAIN.toBuilder().ema(new EmaOptions(0.99, true)).build();

  @TempDir Path folder;

  private RunSession open(Recipe recipe, boolean resume) {
    TrainingJob job = new TrainingJob(recipe, null, null, run().toString(), resume, 1, 1);
    String application = resume ? "later" : "first";
    return RunSession.open(job, recipe, "ab12", application, "4.2", new Configuration());
  }

  private Path run() {
    return folder.resolve("run");
  }

  private void resumes(Recipe started, Recipe resumed) {
    open(started, false);
    assertEquals(0, open(resumed, true).startStep());
  }

  @Test
  void theSameRecipeResumes() {
    resumes(AVERAGED, AVERAGED);
  }

  @Test
  void aRunFromBeforeAKeyWasThereResumes() throws IOException {
    open(PLAIN, false);
    Path file = run().resolve("run.json");
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
    ObjectNode recipe = (ObjectNode) json.get("recipe");
    assertTrue(recipe.has("ema"));
    recipe.remove("ema");
    Files.write(file, mapper.writeValueAsBytes(json));
    assertEquals(0, open(PLAIN, true).startStep());
  }

  @Test
  void averagesMayNeitherComeNorGo() {
    open(PLAIN, false);
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(AVERAGED, true));
    assertEquals(
        run()
            + ": 'ema' may not change on resume, since the weights depend on it; it was null, now it"
            + " is {\"decay\":0.99,\"warmup\":true}",
        error.getMessage());
  }

  @Test
  void aRecipeThatThisConvoyDoesNotKnowIsNamed() throws IOException {
    open(PLAIN, false);
    Path file = run().resolve("run.json");
    Files.writeString(file, Files.readString(file).replace("\"ema\"", "\"emma\""));
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(PLAIN, true));
    assertTrue(
        error.getMessage().startsWith(run() + "/run.json: recipe: unknown key 'emma'"),
        error.getMessage());
  }

  @Test
  void averagesGoIntoTheCheckpointAndComeBack() {
    RunSession session = open(AVERAGED, false);
    float[] start = LocalTrainer.initialState(AVERAGED).weights();
    TrainingState state =
        new TrainingState(3, start, List.of(new float[start.length]), new float[start.length]);
    state.ema()[1] = 0.25f;
    session.save(session.checkpoint(state, new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY));
    assertEquals(state.arraysSha256(), open(AVERAGED, true).takeStart().arraysSha256());
  }

  @Test
  void aCheckpointOfAnotherRecipeIsRefused() {
    RunSession session = open(AVERAGED, false);
    TrainingState state = LocalTrainer.initialState(PLAIN);
    session.save(session.checkpoint(state, new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY));
    assertEquals(
        1,
        RunFolder.open(run().toString(), new Configuration())
            .checkpoints(CheckpointStore.KEEP_LAST)
            .loadNewestWeights(AVERAGED.network().layout())
            .stream()
            .count());
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(AVERAGED, true));
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "run: its checkpoint of step 0 has no averaged weights, its recipe has an 'ema';"
                    + " restore the run's own checkpoint, or start a new run with another --out"),
        error.getMessage());
  }
}
