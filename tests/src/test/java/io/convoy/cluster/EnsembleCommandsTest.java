package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.ensemble.OutputAverage;
import io.convoy.inference.Classifier;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.pack.DrawnImages;
import io.convoy.run.Classifiers;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ensemble of runs that see images at two sizes, as a user calls it. */
@Tag("slow")
final class EnsembleCommandsTest {
  private static final int USAGE = 2;
  private static final int CLASSES = 4;
  private static final int TESTED = 150;

  private static final String RECIPE =
      """
      name: drawn
      data: {format: folders, size: [SIZE, SIZE], stretch: true}
      network:
        input: [SIZE, SIZE, 3]
        layers:
          - {name: conv1, type: conv2d, outChannels: 6, kernel: 3, padding: same}
          - {name: relu1, type: relu}
          - {name: mean, type: globalAvgPool}
          - {name: logits, type: linear, outFeatures: 4}
      batchSize: 20
      shards: 4
      epochs: 2
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.05}
      """;

  @TempDir Path folder;
  private Path images;
  private Path place;

  @BeforeEach
  void make() throws Exception {
    images = folder.resolve("images");
    place = folder.resolve("ensemble");
    draw("train", 60);
    draw("test", TESTED);
    List<EnsembleFolder.Member> members = new ArrayList<>();
    for (int size : new int[] {9, 12}) {
      String run = train(size);
      Model model = Models.load(run, WhichCheckpoint.NEWEST, new Configuration());
      members.add(new EnsembleFolder.Member(model, run, 6));
    }
    EnsembleFolder.write(
        place.toString(),
        members,
        new OutputAverage(List.of(0.5, 0.5), List.of(0.2, 0.1), 1),
        new Configuration());
  }

  private String train(int size) throws Exception {
    String run = folder.resolve("run-" + size).toString();
    Path recipe = folder.resolve(size + ".yaml");
    Files.writeString(recipe, RECIPE.replace("SIZE", Integer.toString(size)));
    List<String> words =
        List.of("train", recipe.toString(), "--data", images.toString(), "--out", run);
    try (LauncherProcess training = LauncherProcess.of(words)) {
      training.succeeds();
    }
    return run;
  }

  private void draw(String set, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = images.resolve("%s/class-%s/%s.png".formatted(set, i % CLASSES, 1000 + i));
      Files.createDirectories(file.getParent());
      Files.write(file, DrawnImages.png(i, 9 + i % 5, 8 + i % CLASSES));
    }
  }

  private List<JsonNode> predict(String out, String... further) throws Exception {
    Path rows = folder.resolve(out);
    List<String> words =
        new ArrayList<>(List.of("predict", place.toString(), "--data", images + "/test"));
    words.addAll(List.of("--out", rows.toString(), "--format", "jsonl", "--probabilities"));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      process.succeeds();
    }
    List<JsonNode> read = new ArrayList<>();
    try (Stream<Path> files = Files.list(rows)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          byte[] json = line.getBytes(StandardCharsets.UTF_8);
          read.add(Json.read(json, JsonNode.class, file.toString()));
        }
      }
    }
    assertEquals(TESTED, read.size());
    return read;
  }

  /** By the library, in a process without Spark's executors. */
  private void requireRows(List<JsonNode> rows, TestTime testTime) throws IOException {
    Classifier known =
        Classifiers.load(place.toString(), WhichCheckpoint.NEWEST, new Configuration());
    try (WorkPool pool = new WorkPool(2);
        Predictor predictor = new Predictor(known, 3, testTime, KernelProvider.kernels(), pool)) {
      for (JsonNode row : rows) {
        Path file = Path.of(row.get("path").asText().replaceFirst("file:", ""));
        EncodedImage image = EncodedImage.of(file.toString(), Files.readAllBytes(file));
        double[] expected = predictor.predict(image).probabilities();
        double[] found = new double[CLASSES];
        for (int label = 0; label < CLASSES; label++) {
          found[label] = row.get("probabilities").get(label).asDouble();
        }
        assertArrayEquals(expected, found, 0);
      }
    }
  }

  private void requireEvaluation(List<JsonNode> rows, String... further) throws Exception {
    double correct = 0;
    double loss = 0;
    for (JsonNode row : rows) {
      String path = row.get("path").asText();
      correct += path.contains("/" + row.get("label").asText() + "/") ? 1 : 0;
      int label = path.charAt(path.indexOf("/class-") + 7) - '0';
      loss -= StrictMath.log(row.get("probabilities").get(label).asDouble());
    }
    List<String> words =
        new ArrayList<>(List.of("evaluate", place.toString(), "--data", images.toString()));
    words.addAll(List.of("--json", "--executors", "2", "--threads", "1"));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      process.succeeds();
    }
    byte[] json = Files.readAllBytes(place.resolve("evaluation.json"));
    JsonNode file = Json.read(json, JsonNode.class, "evaluation.json");
    assertFalse(file.has("step"));
    assertEquals(further.length == 0 ? "" : "flip", file.path("testTime").asText());
    JsonNode figures = file.get("figures");
    assertEquals(correct / TESTED, figures.get("accuracy").get("value").asDouble());
    assertEquals(loss / TESTED, figures.get("loss").get("value").asDouble(), 1e-12);
  }

  @Test
  void evaluateAndPredictAndTheLibraryAgree() throws Exception {
    List<JsonNode> rows = predict("plain", "--executors", "2", "--threads", "1");
    requireRows(rows, TestTime.NONE);
    requireEvaluation(rows);
    List<JsonNode> mirrored = predict("mirrored", "--tta", "flip");
    requireRows(mirrored, TestTime.FLIP);
    requireEvaluation(mirrored, "--tta", "flip");
    String one = rows.get(0).get("path").asText().replaceFirst("file:", "");
    List<String> words = List.of("predict", place.toString(), "--data", one);
    try (LauncherProcess process = LauncherProcess.of(words)) {
      String output = process.succeeds();
      assertTrue(output.contains(one + ": " + rows.get(0).get("label").asText()), output);
      assertTrue(output.contains("by file:" + place), output);
    }
  }

  @Test
  void whatAnEnsembleHasNot() throws Exception {
    fails("is an ensemble, so there is no checkpoint to choose; got best", "--checkpoint", "best");
    fails("which has no logits: leave that out", "--logits");
    fails(
        "augmentation at test time is one of none, flip, fiveCrops, tenCrops; got 'rotate'",
        "--tta",
        "rotate");
    fails("all of an image is stretched to that (data.stretch), so", "--tta", "fiveCrops");
    List<String> best = List.of("evaluate", place.toString(), "--best");
    try (LauncherProcess process = LauncherProcess.of(best)) {
      process.fails(USAGE, "is an ensemble, so there is no best checkpoint: leave --best out");
    }
  }

  private void fails(String part, String... further) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("predict", place.toString(), "--data", images + "/test"));
    words.addAll(List.of("--out", folder + "/x"));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      process.fails(USAGE, part);
    }
  }
}
