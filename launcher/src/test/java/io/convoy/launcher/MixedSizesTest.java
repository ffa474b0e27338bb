package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs of many sizes, by the recipe that README.md shows. */
final class MixedSizesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Commands commands = new Commands();

  @TempDir Path folder;
  private Path data;
  private Path recipe;

  @BeforeEach
  void takeTheRecipe() throws IOException {
    data = folder.resolve("data");
    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("name: photographs");
    recipe =
        Files.writeString(
            folder.resolve("photographs.yaml"),
            readme.substring(start, readme.indexOf("```", start)));
  }

  /** Drawings of a bright or a dark half, no two of one size. */
  private void draw(String set, String label, int count) throws IOException {
    Path images = Files.createDirectories(data.resolve(set).resolve(label));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(50 + 7 * i, 90 - 5 * i, BufferedImage.TYPE_3BYTE_BGR);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          boolean bright = label.equals("left") ? x < image.getWidth() / 2 : y * x % 7 > 3;
          image.setRGB(x, y, bright ? 0xE0D0C0 - i : 0x102030 + x);
        }
      }
      ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
    }
  }

  private void train(String... further) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("train", recipe.toString(), "--data", data.toString()));
    all.addAll(List.of("--out", run().toString(), "--executors", "1", "--threads", "1"));
    all.addAll(List.of(further));
    assertEquals(0, commands.run(all.toArray(String[]::new)), commands::err);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private JsonNode evaluated() throws IOException {
    assertEquals(0, commands.run("evaluate", run().toString(), "--json"), commands::err);
    return JSON.readTree(commands.out());
  }

  private Path checkpointFile(String name) {
    return run().resolve("checkpoints/step-000000002").resolve(name);
  }

  @Test
  void evaluationFollowsTheCheckpointAndNotTheRecipe() throws IOException {
    draw("train", "left", 6);
    draw("train", "right", 6);
    draw("test", "right", 5); // the test set lacks a class, and its label is still 1
    String[] small = {"data.size=16", "network.input=[16, 16, 3]", "batchSize=6", "maxSteps=2"};
    train(Stream.of(small).flatMap(key -> Stream.of("--set", key)).toArray(String[]::new));
    JsonNode preprocessing = JSON.readTree(checkpointFile("preprocessing.json").toFile());
    assertEquals("[\"left\",\"right\"]", preprocessing.get("classes").toString());
    assertEquals(
        "{\"resizeShorter\":18,\"resampling\":\"bilinear\",\"decode\":\"full\"}",
        preprocessing.get("resize").toString());
    JsonNode told = JSON.readTree(run().resolve("result.json").toFile());
    JsonNode followed = evaluated();
    assertEquals(told.get("testLoss"), followed.get("testLoss"));

    Path description = run().resolve("run.json");
    ObjectNode changed = (ObjectNode) JSON.readTree(description.toFile());
    ((ObjectNode) changed.at("/recipe/data")).put("stretch", true);
    Files.write(description, JSON.writeValueAsBytes(changed));
    assertEquals(followed, evaluated());

    // as a release left it that knew no preprocessing: the recipe says what is done
    ObjectNode manifest = (ObjectNode) JSON.readTree(checkpointFile("MANIFEST.json").toFile());
    ((ObjectNode) manifest.get("files")).remove("preprocessing.json");
    Files.write(checkpointFile("MANIFEST.json"), JSON.writeValueAsBytes(manifest));
    draw("test", "left", 5); // nobody knows which class is missing, so none may be
    assertEquals(10, evaluated().get("samples").asInt());
    assertNotEquals(followed.get("testLoss"), evaluated().get("testLoss"));
  }

  @Test
  void withoutASizeTheInputsIsTakenAndTold() throws IOException {
    for (String set : List.of("train", "test")) {
      draw(set, "left", 2);
      draw(set, "right", 2);
    }
    String text = Files.readString(recipe);
    String plain = text.replace(", size: 64", "").replace("resizedCrop: {}, ", "");
    assertNotEquals(text, plain);
    Files.writeString(recipe, plain);
    train("--set", "maxSteps=1");
    String told =
        "not all images have the network's input size: each is brought to 64x64 (height x";
    assertTrue(commands.err().contains(told), commands::err);
    JsonNode run = JSON.readTree(run().resolve("run.json").toFile());
    assertEquals("64", run.at("/recipe/data/size").toString());
    train("--set", "maxSteps=2", "--resume");
  }

  /** Raccoons of 133 sizes, and blood cells. */
  @Test
  @Tag("data")
  void photographsAreTrainedOnAndEvaluated() throws IOException {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
    copy(root.resolve("raccoon/images"), "raccoon");
    copy(root.resolve("bccd/BCCD/JPEGImages"), "bccd");
    train("--set", "maxSteps=12");
    JsonNode figures = evaluated();
    assertEquals(80, figures.get("samples").asInt());
    assertTrue(figures.get("testAccuracy").asDouble() > 0.7, figures::toString);
  }

  /** The first 40 to test, the next 120 to train. */
  private void copy(Path images, String label) throws IOException {
    assumeTrue(Files.isDirectory(images), () -> "skipped: there is no " + images);
    Path test = Files.createDirectories(data.resolve("test").resolve(label));
    Path train = Files.createDirectories(data.resolve("train").resolve(label));
    List<Path> all;
    try (Stream<Path> listed = Files.list(images)) {
      all = listed.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(160).toList();
    }
    for (int i = 0; i < all.size(); i++) {
      Files.copy(all.get(i), (i < 40 ? test : train).resolve(all.get(i).getFileName()));
    }
  }
}
