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
        Path file = images.resolve(name).resolve("%s:%s.png".formatted(i, i));
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(i, name.length() % 8, 0, 200);
        ImageIO.write(image, "png", file.toFile());
      }
    }
    Files.writeString(images.resolve("train/c d/.DS_Store"), "");
    Files.writeString(recipe, Commands.RECIPE.replace("format: idx", "format: folders"));
    data = new IdxFolder(images);
    train("named", "--set", "network.layers.3.outFeatures=3", "--set", "validation={samples: 3}");
    String err = commands.err();
    assertTrue(
        err.contains("data: 15 training images, 3 for validation, 6 for test, 3 classes\n"), err);
    assertTrue(err.contains("train: left out as hidden: c d/.DS_Store\n"), err);
    assertTrue(
        err.contains("data: the test set has no image of classes \"a:b\", \"e%20f\"\n"), err);
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
