package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training finds in its data folder is told, and is what lies there at the time. */
final class FoundDataTest {
  private final Commands commands = new Commands();

  @TempDir Path folder;

  private IdxFolder data;
  private Path recipe;

  @BeforeEach
  void writeRecipeAndData() throws IOException {
    recipe = Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
    data = IdxFolder.sound(folder.resolve("data"));
  }

  /** As in a notebook, whose session stays: the same folder, other images. */
  @Test
  void aSetThatChangesBetweenTwoTrainingsIsRead() throws IOException {
    JsonNode first = train("first");
    assertTrue(
        commands.err().contains("data: 40 training images, 40 for test, 10 classes\n"),
        commands::err);
    byte[] labels = IdxFolder.labels(IdxFolder.SAMPLES);
    for (int i = 8; i < labels.length; i++) {
      labels[i] = (byte) (9 - labels[i]);
    }
    data.write("t10k-labels-idx1-ubyte", labels);
    JsonNode second = train("second");
    assertEquals(first.get("weightsSha256"), second.get("weightsSha256"));
    assertNotEquals(first.get("testLoss"), second.get("testLoss"));
    data.write("train-labels-idx1-ubyte", labels);
    assertNotEquals(first.get("weightsSha256"), train("third").get("weightsSha256"));
  }

  @Test
  void twoClassesAreTrainedOnAndATestSetMayLackTheLast() throws IOException {
    byte[] labels = IdxFolder.labels(IdxFolder.SAMPLES);
    for (int i = 8; i < labels.length; i++) {
      labels[i] = (byte) (labels[i] % 2);
    }
    data.write("train-labels-idx1-ubyte", labels);
    Arrays.fill(labels, 8, labels.length, (byte) 0);
    data.write("t10k-labels-idx1-ubyte", labels);
    train("two", "--set", "network.layers.3.outFeatures=2");
    assertTrue(
        commands
            .err()
            .contains(
                "data: 40 training images, 40 for test, 2 classes\n"
                    + "data: the test set has no image of class \"1\"\n"),
        commands::err);
    assertEquals(0, commands.run("evaluate", folder.resolve("two").toString()), commands::err);
  }

  @Test
  void foldersWithNamesOfAnyKind() throws IOException {
    Path images = folder.resolve("images");
    for (String name : List.of("train/a:b", "train/c d", "train/e%20f", "test/c d")) {
      for (int i = 0; i < 6; i++) {
        draw(images.resolve(name).resolve("%s:%s.png".formatted(i, i)), i);
      }
    }
    Files.writeString(images.resolve("train/c d/.DS_Store"), "");
    Files.writeString(recipe, Commands.RECIPE.replace("format: idx", "format: folders"));
    data = new IdxFolder(images);
    train("named", "--set", "network.layers.3.outFeatures=3", "--set", "validation={samples: 3}");
    String err = commands.err();
    assertTrue(
        err.contains("data: 15 training images, 3 for validation, 6 for test, 3 classes\n"), err);
    assertTrue(err.contains("train: left out 1 as files of macOS: c d/.DS_Store\n"), err);
    assertTrue(
        err.contains("data: the test set has no image of classes \"a:b\", \"e%20f\"\n"), err);
  }

  @Test
  void withoutATestSetValidationIsAllThereIs() throws IOException {
    Path images = folder.resolve("images");
    for (int i = 0; i < 12; i++) {
      draw(images.resolve((i % 2 == 0 ? "cat/%s.png" : "dog/more/%s.png").formatted(i)), i);
    }
    Files.writeString(recipe, Commands.RECIPE.replace("format: idx", "format: folders"));
    data = new IdxFolder(images);
    Path run = folder.resolve("alone");
    List<String> command =
        List.of(
            "train",
            recipe.toString(),
            "--data",
            images.toString(),
            "--out",
            run.toString(),
            "--set",
            "network.layers.3.outFeatures=2");
    commands.fails(
        Commands.USAGE,
        command,
        images
            + " has no test set, and the recipe holds no images back: nothing would tell how good"
            + " the network is: hold some back by validation: {share: 0.1} in the recipe (or --set"
            + " validation.share=0.1), or add a test set: train/CLASS/*.jpg and test/CLASS/*.jpg");
    assertFalse(Files.exists(run));
    JsonNode result =
        train("alone", "--set", "network.layers.3.outFeatures=2", "--set", "validation.samples=4");
    assertFalse(result.has("testAccuracy"));
    assertTrue(
        commands
            .err()
            .contains(
                "data: 8 training images, 4 for validation, 2 classes\n"
                    + "data: file:%s: it has no folders train and test of classes: its folders are taken for the"
                        .formatted(images)
                    + " classes, and there is no test set\n"),
        commands::err);
    commands.fails(
        Commands.USAGE,
        List.of("evaluate", run.toString()),
        images + " has no test set: name a folder that has one by --data: train/CLASS/*.jpg and");
  }

  /** Named wherever a user would have to look up what a number means. */
  @Test
  void classesHaveTheirNames() throws IOException {
    Path images = folder.resolve("images");
    StringBuilder table = new StringBuilder("image;species;split\n");
    for (int i = 0; i < 8; i++) {
      draw(images.resolve("all/%s.png".formatted(i)), i);
      table.append("all/%s.png;%s;%s\n".formatted(i, i % 2, i < 6 ? "train" : "test"));
    }
    Files.writeString(images.resolve("leaves.csv"), table);
    Files.writeString(
        recipe,
        Commands.RECIPE.replace(
            "{format: idx}", "{format: table, labelColumn: species, classes: [oak, elm]}"));
    commands.fails(
        Commands.USAGE,
        List.of("train", recipe.toString(), "--data", images.toString(), "--out", folder + "/x"),
        "it ends in 10, the data set has 2 classes (oak, elm): set its outFeatures to 2");
    data = new IdxFolder(images);
    train("leaves", "--set", "network.layers.3.outFeatures=2");
    assertTrue(
        commands.err().contains("data: 6 training images, 2 for test, 2 classes\n"), commands::err);
    assertEquals(0, commands.run("evaluate", folder.resolve("leaves").toString()), commands::err);
    data = IdxFolder.sound(folder.resolve("data"));
    commands.fails(
        Commands.USAGE,
        List.of(
            "train",
            recipe.toString(),
            "--data",
            data.folder().toString(),
            "--out",
            folder + "/x",
            "--set",
            "data={format: idx, classes: [a, b, c, d, e, f, g, h, i, j]}",
            "--set",
            "network.layers.3.outFeatures=9"),
        "the data set has 10 classes (a, b, c, d, e and 5 more): set",
        "label 9 (\"j\") is that of sample");
  }

  private static void draw(Path file, int i) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(i % 8, i / 8, 0, 200);
    ImageIO.write(image, "png", file.toFile());
  }

  private JsonNode train(String run, String... further) throws IOException {
    Path out = folder.resolve(run);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                recipe.toString(),
                "--data",
                data.folder().toString(),
                "--out",
                out.toString()));
    arguments.addAll(List.of(further));
    assertEquals(0, commands.run(arguments.toArray(String[]::new)), commands::err);
    return JsonMapper.builder().build().readTree(out.resolve("result.json").toFile());
  }
}
