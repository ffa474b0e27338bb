package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint by itself, tested on images of which no recipe says how they are stored. */
final class EvaluatedCheckpointTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STEP = "checkpoints/step-000000008";

  private static final String RECIPE =
      """
      name: shades
      data: {format: folders, size: 8, resizeShorter: 9, channels: 3, classes: [lead, brass, zinc]}
      network:
        input: [8, 8, 3]
        layers:
          - {name: conv1, type: conv2d, outChannels: 4, kernel: 3}
          - {name: relu1, type: relu}
          - {name: mean, type: globalAvgPool}
          - {name: logits, type: linear, outFeatures: 3}
      batchSize: 6
      shards: 2
      epochs: 4
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.05}
      """;

  private final Commands commands = new Commands();

  @TempDir Path folder;

  private void draw(String place, String label, int shade, int count) throws IOException {
    Path images = Files.createDirectories(folder.resolve(place).resolve(label));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(9 + i, 12 - i, BufferedImage.TYPE_3BYTE_BGR);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          image.setRGB(x, y, shade + 0x010203 * ((x * y + 5 * i) % 40));
        }
      }
      ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
    }
  }

  /** The folder of a copy that no run is around. */
  private Path train() throws IOException {
    for (String set : List.of("images/train", "images/test")) {
      draw(set, "brass", 0x806010, 4);
      draw(set, "lead", 0x102030, 4);
      draw(set, "zinc", 0x708090, 4);
    }
    Path recipe = Files.writeString(folder.resolve("shades.yaml"), RECIPE);
    List<String> words =
        List.of("train", recipe.toString(), "--data", place("images"), "--out", place("run"));
    assertEquals(0, commands.run(words.toArray(String[]::new)), commands::err);
    Path copy = Files.createDirectories(folder.resolve("copies/shades"));
    try (Stream<Path> files = Files.list(folder.resolve("run").resolve(STEP))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    return copy;
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode evaluate(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(List.of(words));
    all.add("--json");
    assertEquals(0, commands.run(all.toArray(String[]::new)), commands::err);
    return JSON.readTree(commands.out());
  }

  private static void same(JsonNode expected, JsonNode found) {
    for (String key : List.of("step", "samples", "testAccuracy", "testLoss")) {
      assertEquals(expected.get(key), found.get(key), key);
    }
    for (String key : List.of("confusion", "classes", "calibration", "loss")) {
      assertEquals(expected.at("/figures/" + key), found.at("/figures/" + key), key);
    }
  }

  @Test
  void itShowsWhatItsRunShows() throws IOException {
    Path copy = train();
    JsonNode ofRun = evaluate(place("run"));
    assertEquals(8, ofRun.get("step").asInt());
    assertEquals("lead", ofRun.at("/figures/classes/0/name").asText());
    same(ofRun, evaluate(place("run/" + STEP)));
    same(ofRun, evaluate(copy.toString(), "--data", place("images")));
    assertTrue(Files.exists(copy.resolve("evaluation.json")));
    same(ofRun, evaluate(copy.toString(), "--data", place("images/test"), "--out", place("f")));
    StringBuilder table = new StringBuilder("file,class\n");
    for (String label : List.of("zinc", "lead", "brass")) {
      for (int i = 0; i < 4; i++) {
        table.append("test/%1$s/%2$s.png,%1$s%n".formatted(label, i));
      }
    }
    Files.writeString(folder.resolve("images/mine.csv"), table);
    JsonNode ofTable = evaluate(copy.toString(), "--data", place("images/mine.csv"));
    assertEquals(ofRun.at("/figures/confusion"), ofTable.at("/figures/confusion"), "by name");
    assertEquals(ofRun.get("testAccuracy"), ofTable.get("testAccuracy"));
    JsonNode flipped = evaluate(copy.toString(), "--data", place("images"), "--tta", "flip");
    same(evaluate(place("run"), "--tta", "flip"), flipped);
    assertNotEquals(ofRun.get("testLoss"), flipped.get("testLoss"));
    JsonNode cropped = evaluate(copy.toString(), "--data", place("images"), "--tta", "fiveCrops");
    same(evaluate(place("run"), "--tta", "fiveCrops", "--threads", "2"), cropped);
    assertEquals("fiveCrops", cropped.get("testTime").asText());
    assertNotEquals(ofRun.get("testLoss"), cropped.get("testLoss"));
    draw("few", "zinc", 0x708090, 2);
    assertEquals(2, evaluate(copy.toString(), "--data", place("few")).get("samples").asInt());
    refuses(copy);
  }

  private void refuses(Path copy) throws IOException {
    String given = copy.toString();
    commands.fails(
        Commands.USAGE,
        List.of("evaluate", given),
        "convoy: " + given + " does not know where images are and how they are stored, which the",
        "name a folder with a test set, or one that is a set, by --data DIR");
    commands.fails(
        Commands.USAGE,
        List.of("evaluate", given, "--data", place("images"), "--best"),
        "is one checkpoint, so there is none to choose; got best");
    Files.createDirectories(folder.resolve("empty"));
    commands.fails(
        Commands.USAGE,
        List.of("evaluate", given, "--data", place("empty")),
        "empty holds no set of labelled images that Convoy knows: name a folder with train-images");
    draw("alone/train", "lead", 0x102030, 2);
    commands.fails(
        Commands.USAGE,
        List.of("evaluate", given, "--data", place("alone")),
        "alone has no test set: name a folder that has one by --data: train/CLASS/*.jpg");
    draw("few", "gold", 0xF0F010, 2);
    commands.fails(
        Commands.DATA,
        List.of("evaluate", given, "--data", place("few")),
        "few/gold: the test set's classes must be the training set's, which are lead, brass, zinc");
    commands.fails(
        Commands.USAGE,
        List.of("evaluate", place("run"), "--data", place("few")),
        "has no test set: name a folder that has one");
  }
}
