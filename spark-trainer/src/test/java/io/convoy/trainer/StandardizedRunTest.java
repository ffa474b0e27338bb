package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.MeanImage;
import io.convoy.data.augment.Pca;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.UnitRange;
import io.convoy.data.augment.Zca;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.json.Json;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.storage.HadoopFiles;
import io.convoy.tensor.Shape;
import io.convoy.train.LocalTrainer;
import io.convoy.train.ValidationHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of standardisation in a run's checkpoints: there and back, compared, and damaged. */
class StandardizedRunTest {
  private static final Shape INPUT = Shape.of(2, 3, 1);

  @TempDir Path folder;

  private static ImageStatistics statistics(boolean matrix, float first) {
    float[] mean = {first, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
    float[] rows = new float[36];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i + first;
    }
    return new ImageStatistics(INPUT, mean, matrix ? rows : null);
  }

  static Stream<Standardization> kinds() {
    return Stream.of(
        new UnitRange(),
        new StandardScore(new float[] {0.5f}, new float[] {0.25f}),
        new MeanImage(statistics(false, 0.1f)),
        new Pca(1e-3, statistics(true, 0.1f)),
        new Zca(1e-3, statistics(true, 0.1f)));
  }

  private static Recipe recipe(Standardization standardization) {
    return new RecipeBuilder()
        .network(Network.input(2, 3, 1).then(new Flatten()).then(Linear.of(3)).build())
        .data(new DataOptions(new Folders(), null, null))
        .standardization(standardization)
        .batchSize(4)
        .epochs(2)
        .optimizer(new Sgd(0.9f, false, 5e-4f, false))
        .schedule(new Constant(0.1, 0))
        .build();
  }

  private Path run() {
    return folder.resolve("run");
  }

  private static RunStart start(Recipe recipe) {
    return RunStart.of(recipe, new HadoopFiles(new Configuration()));
  }

  private RunSession open(Recipe recipe, boolean resume) {
    return RunSession.open(
        job(recipe, resume),
        start(recipe),
        List.of("a", "b", "c"),
        false,
        "ab12",
        resume ? "later" : "first",
        "4.2",
        new Configuration());
  }

  private TrainingJob job(Recipe recipe, boolean resume) {
    return new TrainingJob(recipe, null, null, run().toString(), resume, 1, 1);
  }

  private void save(Recipe recipe) {
    RunSession session = open(recipe, false);
    session.save(
        session.checkpoint(
            LocalTrainer.initialState(recipe), new BatchPlan(8, 4, 1, 1), ValidationHistory.EMPTY));
  }

  private CheckpointStore checkpoints() {
    return RunFolder.open(run().toString(), new Configuration())
        .checkpoints(CheckpointStore.KEEP_LAST);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aCheckpointHoldsIt(Standardization kind) {
    Recipe recipe = recipe(kind);
    save(recipe);
    Checkpoint read = checkpoints().loadNewestWeights(recipe.network().layout()).orElseThrow();
    assertEquals(kind, read.preprocessing().standardization());
    assertEquals(
        kind,
        read.preprocessing()
            .appliedTo(recipe.withStandardization(new UnitRange()))
            .standardization());
    assertEquals(
        kind,
        RunSession.preprocessing(job(recipe, true), "later", new Configuration())
            .map(Preprocessing::standardization)
            .orElseThrow());
    assertEquals(0, open(recipe, true).startStep());
  }

  @Test
  void statisticsDoNotStandInTheRunsRecipe() throws IOException {
    save(recipe(new Zca(0.25, statistics(true, 0.1f))));
    String json = Files.readString(run().resolve("run.json"));
    assertTrue(json.contains("\"standardization\":{\"type\":\"zca\",\"epsilon\":0.25}"), json);
  }

  @Test
  void anotherKindIsRefusedOnResume() {
    save(recipe(new Zca(1e-3, statistics(true, 0.1f))));
    refuses(new Pca(1e-3, statistics(true, 0.1f)), "'standardization.type' may not change");
    refuses(new Zca(1e-2, statistics(true, 0.1f)), "'standardization.epsilon' may not change");
    refuses(
        new Zca(1e-3, statistics(true, 0.2f)),
        "its checkpoint of step 0 is of images that were prepared by ");
  }

  private void refuses(Standardization kind, String rule) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> open(recipe(kind), true));
    assertTrue(error.getMessage().contains(rule), error.getMessage());
  }

  /** A recipe of a release that knew mean and deviation alone. */
  @Test
  void aRunWithoutATypeGoesOn() throws IOException {
    Recipe recipe = recipe(new StandardScore(new float[] {0.5f}, new float[] {0.25f}));
    save(recipe);
    Path json = run().resolve("run.json");
    String written = Files.readString(json);
    String typed = "\"type\":\"standardScore\",";
    assertTrue(written.contains(typed), written);
    Files.writeString(json, written.replace(typed, ""));
    rewrite("preprocessing.json", text -> text.replaceFirst("\"type\" : \"standardScore\",", ""));
    assertEquals(0, open(recipe, true).startStep());
  }

  @Test
  void aDamagedFileOfStatisticsIsPassedOverByName() throws IOException {
    save(recipe(new Zca(1e-3, statistics(true, 0.1f))));
    Path file = step().resolve("preprocessing.safetensors");
    byte[] whole = Files.readAllBytes(file);
    byte[] altered = whole.clone();
    altered[whole.length - 3] ^= 1;
    Files.write(file, altered);
    assertDamaged("preprocessing.safetensors was altered");
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertDamaged("preprocessing.safetensors must have " + whole.length + " bytes");
    Files.delete(file);
    assertDamaged("preprocessing.safetensors is missing");
  }

  /** Files whose sums are right, and which still do not belong together. */
  @Test
  void statisticsThatDoNotFitAreDamage() throws IOException {
    save(recipe(new MeanImage(statistics(false, 0.1f))));
    Path file = step().resolve("preprocessing.safetensors");
    byte[] whole = Files.readAllBytes(file);
    byte[] infinite = whole.clone();
    ByteBuffer.wrap(infinite)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(whole.length - 4, Float.POSITIVE_INFINITY);
    rewrite("preprocessing.safetensors", infinite);
    assertDamaged("preprocessing: mean[5] is Infinity: not finite");
    String turned = new String(whole, StandardCharsets.ISO_8859_1).replace("[2,3,1]", "[3,2,1]");
    rewrite("preprocessing.safetensors", turned.getBytes(StandardCharsets.ISO_8859_1));
    assertDamaged(
        "preprocessing.safetensors must hold what preprocessing.json asks for, [mean 2x3x1]; it"
            + " holds [mean [3, 2, 1]]");
    rewrite("preprocessing.safetensors", whole);
    rewrite("preprocessing.json", text -> text.replace("meanImage", "unitRange"));
    assertDamaged("it has a preprocessing.safetensors, and its preprocessing.json asks for none");
    rewrite("preprocessing.json", text -> text.replace("unitRange", "zca"));
    assertDamaged("preprocessing.safetensors has " + whole.length + " bytes, too few for images");
  }

  @Test
  void statisticsThatAreNotListedAreDamage() throws IOException {
    save(recipe(new MeanImage(statistics(false, 0.1f))));
    Path manifest = step().resolve("MANIFEST.json");
    ObjectNode json = (ObjectNode) Json.readFile(Files.readAllBytes(manifest), JsonNode.class, "");
    ((ObjectNode) json.get("files")).remove("preprocessing.safetensors");
    Files.write(manifest, Json.lines(json));
    assertDamaged("it has no preprocessing.safetensors, and its preprocessing.json asks for one");
  }

  private void assertDamaged(String reason) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> checkpoints().loadNewestWeights(recipe(new UnitRange()).network().layout()));
    assertEquals(ConvoyException.Kind.DATA, error.kind());
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private Path step() {
    return run().resolve("checkpoints/step-000000000");
  }

  /** A change of text. */
  private interface Edit {
    String of(String text);
  }

  private void rewrite(String name, Edit edit) throws IOException {
    String text = Files.readString(step().resolve(name));
    String edited = edit.of(text);
    assertTrue(!edited.equals(text), text);
    rewrite(name, edited.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file, and its size and sum into the manifest. */
  private void rewrite(String name, byte[] bytes) throws IOException {
    Files.write(step().resolve(name), bytes);
    Path manifest = step().resolve("MANIFEST.json");
    ObjectNode json = (ObjectNode) Json.readFile(Files.readAllBytes(manifest), JsonNode.class, "");
    ObjectNode entry = (ObjectNode) json.get("files").get(name);
    entry.put("size", bytes.length).put("sha256", sha256(bytes));
    Files.write(manifest, Json.lines(json));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
