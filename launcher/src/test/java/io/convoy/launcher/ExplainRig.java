package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A small network that was trained on drawn images of other sizes, and two images beside the set.
 *
 * @param folder in which all of it lies
 */
record ExplainRig(Path folder) {
  /** Images of each class of the test set. */
  static final int TESTED = 7;

  private static final String RECIPE =
      """
      name: small ones
      data: {format: folders, size: 12, resizeShorter: 12}
      network:
        input: [12, 12, 3]
        layers:
          - {name: conv1, type: conv2d, outChannels: 6, kernel: 3, padding: same}
          - {name: relu1, type: relu}
          - {name: pool1, type: maxPool2d, kernel: 2}
          - {name: conv2, type: conv2d, outChannels: 12, kernel: 3}
          - {name: relu2, type: relu}
          - {name: mean, type: globalAvgPool}
          - {name: logits, type: linear, outFeatures: 2}
      batchSize: 4
      shards: 2
      epochs: 4
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.01}
      """;

  static ExplainRig in(Path folder) throws IOException {
    ExplainRig rig = new ExplainRig(folder);
    for (String label : List.of("crow", "dove")) {
      for (int i = 0; i < 8; i++) {
        draw(rig.data().resolve("train/%s/%s.png".formatted(label, i)), label, i, "png");
      }
      for (int i = 0; i < TESTED; i++) {
        draw(rig.data().resolve("test/%s/%s.png".formatted(label, i)), label, 20 + i, "png");
      }
    }
    draw(rig.crow(), "crow", 50, "jpg");
    draw(rig.dove(), "dove", 51, "png");
    Path recipe = Files.writeString(folder.resolve("small.yaml"), RECIPE);
    Commands training = new Commands();
    int exit =
        training.run(
            "train",
            recipe.toString(),
            "--data",
            rig.data().toString(),
            "--out",
            rig.run().toString());
    assertEquals(0, exit, training::err);
    return rig;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path run() {
    return folder.resolve("run");
  }

  Path crow() {
    return folder.resolve("photos/a crow.jpg");
  }

  Path dove() {
    return folder.resolve("photos/<dove> & 'co'.png");
  }

  private static void draw(Path file, String label, int i, String format) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(30, 20 + i % 3, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < 30; x++) {
        int wave = label.equals("crow") ? (x + i) % 6 * 40 : (y + i) % 6 * 40;
        image.setRGB(x, y, wave << 16 | (200 - wave) << 8 | 60 + i % 9);
      }
    }
    assertTrue(ImageIO.write(image, format, file.toFile()));
  }

  /** The command that explains both images. */
  List<String> words(String out, String... further) {
    List<String> all = new ArrayList<>(List.of("explain", run().toString()));
    all.addAll(List.of(crow().toString(), dove().toString()));
    all.addAll(List.of("--out", folder.resolve(out).toString(), "--ascent-steps", "5"));
    all.addAll(List.of(further));
    return all;
  }

  JsonNode figures(String out) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(out).resolve("explain.json"));
    return Json.readFile(bytes, JsonNode.class, "explain.json");
  }
}
