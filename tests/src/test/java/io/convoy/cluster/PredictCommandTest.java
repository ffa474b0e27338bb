package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import io.convoy.pack.DrawnImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy predict} as a user calls it, beside {@code convoy evaluate}. */
@Tag("slow")
final class PredictCommandTest {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final int CLASSES = 4;
  private static final int TESTED = 500; // four parts;

  private static final String RECIPE =
      """
      name: drawn
      data: {format: folders, size: [9, 9], stretch: true}
      network:
        input: [9, 9, 3]
        layers:
          - {name: conv1, type: conv2d, outChannels: 6, kernel: 3, padding: same}
          - {name: norm1, type: batchNorm2d}
          - {name: relu1, type: relu}
          - {name: mean, type: globalAvgPool}
          - {name: logits, type: linear, outFeatures: 4}
      batchSize: 20
      shards: 4
      epochs: 2
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.02}
      checkpoint: {everySteps: 4}
      ema: {decay: 0.9}
      """;

  @TempDir Path folder;
  private Path images;
  private Path run;

  @BeforeEach
  void train() throws Exception {
    images = folder.resolve("images");
    run = folder.resolve("run");
    draw("train", 60);
    draw("test", TESTED);
    Path recipe = folder.resolve("drawn.yaml");
    Files.writeString(recipe, RECIPE);
    List<String> train =
        List.of("train", recipe.toString(), "--data", images.toString(), "--out", run.toString());
    try (LauncherProcess training = LauncherProcess.of(train)) {
      training.succeeds();
    }
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
        new ArrayList<>(List.of("predict", run.toString(), "--data", images + "/test"));
    words.addAll(List.of("--out", rows.toString(), "--format", "jsonl", "--logits"));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      String output = process.succeeds();
      assertTrue(output.contains(TESTED + " images"), output);
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
    return read;
  }

  @Test
  void evaluateAndPredictAgree_onAnyExecutors() throws Exception {
    List<JsonNode> rows = predict("out-here");
    assertEquals(TESTED, rows.size());
    assertEquals(rows, predict("out-executors", "--executors", "4", "--threads", "1"));
    long correct =
        rows.stream()
            .filter(row -> row.get("path").asText().contains("/" + row.get("label").asText() + "/"))
            .count();
    List<String> evaluate =
        List.of("evaluate", run.toString(), "--data", images.toString(), "--json");
    try (LauncherProcess evaluation = LauncherProcess.of(evaluate)) {
      String output = evaluation.succeeds();
      assertTrue(
          output.contains("\"testAccuracy\":" + (double) correct / TESTED + ","),
          () -> correct + " of " + TESTED + ": " + output);
    }
    oneImage(rows.get(0));
  }

  /** The first of the rows, on the terminal. */
  private void oneImage(JsonNode row) throws Exception {
    String path = row.get("path").asText().replaceFirst("file:", "");
    List<String> words = List.of("predict", run.toString(), "--data", path, "--top", "2");
    try (LauncherProcess one = LauncherProcess.of(words)) {
      List<String> lines = one.succeeds().lines().toList();
      int answer = lines.indexOf(path + ": " + row.get("label").asText());
      assertTrue(answer >= 0, lines.toString());
      assertTrue(lines.get(answer + 1).startsWith("  " + row.get("label").asText() + "  "));
      assertTrue(lines.get(answer + 3).startsWith("by file:" + run + ", step "));
    }
  }

  @Test
  void mistakesAreToldInALine() throws Exception {
    fails(
        USAGE, "is no file, and without --out one image is looked at", "--data", images + "/test");
    fails(DATA, "there is nothing of that name", "--data", images + "/no", "--out", folder + "/x");
    fails(
        USAGE,
        "outputs: 'nowhere' is none of the layers: conv1, norm1, relu1, mean, logits",
        "--data",
        images + "/test",
        "--out",
        folder + "/x",
        "--embedding",
        "nowhere");
    fails(USAGE, "a checkpoint is newest, best or that of", "--data", "x", "--checkpoint", "last");
    fails(USAGE, "keeps no best checkpoint", "--data", "x", "--checkpoint", "best");
    Path broken = folder.resolve("broken.png");
    Files.write(broken, new byte[] {1, 2, 3});
    fails(DATA, "the file is no image that is read", "--data", broken.toString());
  }

  private void fails(int code, String part, String... further) throws Exception {
    List<String> words = new ArrayList<>(List.of("predict", run.toString()));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      process.fails(code, part);
    }
  }
}
