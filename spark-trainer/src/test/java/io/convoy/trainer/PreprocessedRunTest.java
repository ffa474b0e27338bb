package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.Idx;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.LocalTrainer;
import io.convoy.train.ValidationHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run's images become belongs to its weights: checkpoints hold it, and a resume compares it.
 */
class PreprocessedRunTest {
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

  @Test
  void preprocessingGoesIntoTheCheckpoint() {
    Recipe sized = sized(null);
    RunSession session = open(sized, false);
    session.save(
        session.checkpoint(
            LocalTrainer.initialState(sized), new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY));
    Checkpoint read =
        RunFolder.open(run().toString(), new Configuration())
            .checkpoints(CheckpointStore.KEEP_LAST)
            .loadNewestWeights(sized.network().layout())
            .orElseThrow();
    assertEquals(
        new Preprocessing(
            6,
            6,
            1,
            new Preprocessing.Resize(7, "bilinear", DecodeScale.FULL),
            null,
            sized.standardization(),
            List.of("a", "b", "c")),
        read.preprocessing());
    // what a run says itself has no part in what its weights were trained for
    Recipe stretched = sized.toBuilder().data(data(null, true)).build();
    assertEquals(
        sized.data().resizing(), read.preprocessing().appliedTo(stretched).data().resizing());
    assertEquals(0, open(sized, true).startStep());
  }

  @Test
  void aCheckpointOfOtherPreprocessingIsRefused() {
    Recipe sized = sized(null);
    RunSession session = open(sized, false);
    Checkpoint own =
        session.checkpoint(
            LocalTrainer.initialState(sized), new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY);
    Preprocessing other = Preprocessing.of(sized, List.of("a", "c", "b"));
    session.save(new Checkpoint(own.network(), own.state(), own.metadata(), other));
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(sized, true));
    assertTrue(
        error.getMessage().contains("its checkpoint of step 0 is of images that were prepared by"),
        error.getMessage());
  }

  /** As a release wrote it that did not know of preprocessing. */
  @Test
  void aCheckpointWithoutPreprocessingResumes() {
    RunSession session = open(PLAIN, false);
    Checkpoint own = initial(session);
    session.save(new Checkpoint(own.network(), own.state(), own.metadata()));
    assertEquals(own.state().arraysSha256(), open(PLAIN, true).takeStart().arraysSha256());
  }

  @Test
  void whatChangesPixelsMayNotChange() {
    open(sized(null), false);
    refuses(sized(9), "'data.resizeShorter' may not change on resume", "not there", "9");
    refuses(
        sized(null).toBuilder().data(data(null, true)).build(),
        "'data.stretch' may not change on resume",
        "not there",
        "true");
  }

  private static DataOptions data(Integer resizeShorter, boolean stretch) {
    return new DataOptions(new Folders(), null, null)
        .withSize(Extent.square(6), resizeShorter, stretch, null);
  }

  private static Recipe sized(Integer resizeShorter) {
    return PLAIN.toBuilder()
        .network(Network.input(6, 6, 1).then(new Flatten()).then(Linear.of(3)).build())
        .data(data(resizeShorter, false))
        .standardization(new StandardScore(new float[] {0.25f}, new float[] {0.5f}))
        .build();
  }

  @Test
  void pixelsAreThoseOfTheDecoderThatTheRunHad() throws IOException {
    open(PLAIN, false);
    Path file = run().resolve("run.json");
    String decoder = ImageDecoder.decoders();
    String before = Files.readString(file);
    assertTrue(before.contains("\"decoder\":\"" + decoder + "\""), before);
    Files.writeString(file, before.replace(decoder, "jpeg 0"));
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(PLAIN, true));
    assertEquals(
        "%s was started with other image decoders, 'jpeg 0', here they are '%s': pixels could differ, and so the weights; resume where those are, or start a new run with another --out"
            .formatted(run(), decoder),
        error.getMessage());
    Recipe raw = PLAIN.toBuilder().data(new DataOptions(new Idx(), null, null)).build();
    assertEquals(0, open(raw, true).startStep());
  }

  private void refuses(Recipe resumed, String rule, String then, String now) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(resumed, true));
    assertEquals(
        "%s: %s, since the weights depend on it; it was %s, now it is %s: set it back, or start a new run with another --out"
            .formatted(run(), rule, then, now),
        error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  private static Checkpoint initial(RunSession session) {
    return session.checkpoint(
        LocalTrainer.initialState(PLAIN), new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY);
  }
}
