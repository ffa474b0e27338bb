package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointMetadata;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.reader.FileOrder;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.SwaOptions;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Cosine;
import io.convoy.schedule.Plateau;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.LocalTrainer;
import io.convoy.train.Numerics;
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
          .data(new DataOptions(new Folders(), null, null))
          .standardization(
              new StandardScore(new float[5], new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0.5f}))
          .batchSize(4)
          .epochs(2)
          .optimizer(new Sgd(0.9f, false, 5e-4f, false))
          .schedule(new Constant(0.1, 0))
          .build();
  private static final Recipe AVERAGED = PLAIN.toBuilder().ema(new EmaOptions(0.99, true)).build();

  @TempDir Path folder;

  private static RunStart start(Recipe recipe) {
    return RunStart.of(recipe, new HadoopFiles(new Configuration()));
  }

  private RunSession open(Recipe recipe, boolean resume) {
    return open(recipe, resume, resume ? "later" : "first");
  }

  private RunSession open(Recipe recipe, boolean resume, String application) {
    TrainingJob job = new TrainingJob(recipe, null, null, run().toString(), resume, 1, 1);
    return RunSession.open(
        job,
        start(recipe),
        List.of("a", "b", "c"),
        false,
        "ab12",
        application,
        "4.2",
        new Configuration());
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
  void whatHasNoPartInTheWeightsMayChange() {
    resumes(
        PLAIN,
        PLAIN.toBuilder()
            .name("renamed")
            .maxSteps(7)
            .checkpoint(new CheckpointOptions(5, 1))
            .sync(Sync.DRIVER)
            .data(new DataOptions(new Folders(), "elsewhere", null))
            .build());
  }

  @Test
  void averagesMayNeitherComeNorGo() {
    open(PLAIN, false);
    refuses(AVERAGED, "'ema' may not change on resume", "null", "{\"decay\":0.99,\"warmup\":true}");
  }

  @Test
  void whereTheAverageBeginsMayNotChange() {
    Recipe swa = PLAIN.toBuilder().swa(new SwaOptions(0.75, 0, null)).build();
    open(swa, false);
    refuses(
        swa.toBuilder().swa(new SwaOptions(0.5, 0, null)).build(),
        "'swa.start' may not change on resume",
        "0.75",
        "0.5");
    refuses(
        swa.toBuilder().epochs(swa.epochs() + 1).build(),
        "'epochs' may not change on resume where swa is laid out over all epochs",
        "" + swa.epochs(),
        "" + (swa.epochs() + 1));
    assertEquals(0, open(swa.withMaxSteps(3), true).startStep());
  }

  @Test
  void aChangeIsNamedByItsOwnKey() {
    open(PLAIN, false);
    refuses(
        PLAIN.toBuilder()
            .data(new DataOptions(new Folders(), null, null).withBackground("black"))
            .build(),
        "'data.background' may not change on resume",
        "not there",
        "\"black\"");
    refuses(
        PLAIN.toBuilder()
            .data(new DataOptions(new Folders(), null, null).withOrder(FileOrder.PACK))
            .build(),
        "'data.order' may not change on resume",
        "not there",
        "\"pack\"");
    refuses(
        PLAIN.toBuilder().optimizer(new Sgd(0.8f, false, 5e-4f, false)).build(),
        "'optimizer.momentum' may not change on resume",
        "0.9",
        "0.8");
    refuses(
        PLAIN.toBuilder().network(Network.input(5).then(Linear.of(4)).build()).build(),
        "'network.layers[0].outFeatures' may not change on resume",
        "3",
        "4");
    refuses(
        PLAIN.toBuilder()
            .network(Network.input(5).then(Linear.of(3)).then("more", new Relu()).build())
            .build(),
        "'network.layers[1]' may not change on resume",
        "not there",
        "{\"name\":\"more\",\"type\":\"relu\"}");
  }

  @Test
  void aRunIsMadeLongerWhereTheScheduleDoesNotMind() {
    resumes(PLAIN, PLAIN.toBuilder().epochs(9).build());
  }

  @Test
  void aCosineIsNotMadeLonger() {
    Recipe cosine = PLAIN.toBuilder().schedule(new Cosine(0.1, 0, 0)).build();
    open(cosine, false);
    refuses(
        cosine.toBuilder().epochs(9).build(),
        "'epochs' may not change on resume where the schedule is laid out over all epochs",
        "2",
        "9");
  }

  @Test
  void whatFollowsValidationKeepsItsValidations() {
    Recipe plateau =
        PLAIN.toBuilder()
            .validation(new ValidationOptions(null, 3))
            .schedule(new Plateau(0.1, 0, 0.1, 5, 0, 0))
            .build();
    open(plateau, false);
    refuses(
        plateau.toBuilder().epochs(9).build(),
        "'epochs' may not change on resume where the schedule follows validation",
        "2",
        "9");
    refuses(
        plateau.toBuilder().checkpoint(new CheckpointOptions(5, 3)).build(),
        "'checkpoint.everySteps' may not change on resume where the schedule follows validation",
        "0",
        "5");
    Recipe keptLonger = plateau.toBuilder().checkpoint(new CheckpointOptions(0, 8)).build();
    assertEquals(0, open(keptLonger, true).takeStart().step());
  }

  private void refuses(Recipe resumed, String rule, String then, String now) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(resumed, true));
    assertEquals(
        "%s: %s, since the weights depend on it; it was %s, now it is %s: set it back, or start a new run with another --out"
            .formatted(run(), rule, then, now),
        error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
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
  void aCheckpointOfAnotherSeedIsRefused() {
    refusesCheckpoint(
        PLAIN.seed() + 6, Numerics.VERSION, "of seed 7 and numerics version " + Numerics.VERSION);
  }

  @Test
  void aCheckpointOfAnotherNumericsVersionIsRefused() {
    int other = Numerics.VERSION + 1;
    refusesCheckpoint(PLAIN.seed(), other, "of seed 1 and numerics version " + other);
  }

  private void refusesCheckpoint(long seed, int numerics, String what) {
    RunSession session = open(PLAIN, false);
    Checkpoint own = initial(session);
    List<String> slots = own.metadata().slots();
    CheckpointMetadata other = new CheckpointMetadata(0, 0, 0, slots, seed, numerics, "0.1");
    session.save(new Checkpoint(own.network(), own.state(), other));
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(PLAIN, true));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertEquals(
        "file:%s: its checkpoint of step 0 is %s, the run is of seed 1 and numerics version %s; restore the run's own checkpoint, or start a new run with another --out"
            .formatted(run(), what, Numerics.VERSION),
        error.getMessage());
  }

  private static Checkpoint initial(RunSession session) {
    return session.checkpoint(
        LocalTrainer.initialState(PLAIN), new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY);
  }

  /** A supervisor that says {@code --resume} whatever happened gets its run. */
  @Test
  void aFolderThatADriverDidNotFinishIsFinishedOnResume() throws IOException {
    open(PLAIN, false);
    Files.delete(run().resolve("run.json"));
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(PLAIN, false, "other"));
    assertTrue(error.getMessage().contains("was never fully created"), error::getMessage);
    assertEquals(0, open(PLAIN, true).startStep());
    refuses(PLAIN.toBuilder().seed(2).build(), "'seed' may not change on resume", "1", "2");
  }

  @Test
  void aFolderThatADriverDidNotFinishIsFinishedByTheNextAttemptOfItsApplication()
      throws IOException {
    open(PLAIN, false);
    Files.delete(run().resolve("run.json"));
    open(PLAIN, false);
    assertTrue(Files.exists(run().resolve("run.json")));
  }

  /** The same would happen again: so a resume is not advised, and what is left is told. */
  @Test
  void aDivergedTrainingSaysWhatIsLeftOfIt() {
    RunSession session = open(PLAIN, false);
    ConvoyException bare = new ConvoyException(ConvoyException.Kind.DIVERGED, "the loss is NaN");
    assertEquals(
        "the loss is NaN; no checkpoint was saved before", session.diverged(bare).getMessage());
    session.save(initial(session));
    String kept =
        "the loss is NaN; the checkpoint of step 0 is kept, but to go on from it would end alike";
    assertEquals(kept, session.diverged(bare).getMessage());
    assertEquals(ConvoyException.Kind.DIVERGED, session.diverged(bare).kind());
    assertEquals(kept, open(PLAIN, true).diverged(bare).getMessage());
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
                "run: its checkpoint of step 0 has no averaged weights of 'ema', its recipe has an"
                    + " 'ema'; restore the run's own checkpoint, or start a new run with another --out"),
        error.getMessage());
  }
}
