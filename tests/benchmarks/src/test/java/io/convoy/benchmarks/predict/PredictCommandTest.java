package io.convoy.benchmarks.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.Benchmarks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir private Path folder;

  @Test
  void aJobOfConvoyAlone() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images/of one kind"));
    for (int i = 0; i < 5; i++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
      image.setRGB(i, 2 * i, 0xFF8040);
      ImageIO.write(image, "jpeg", images.resolve(i + ".jpg").toFile());
    }
    PrintStream usual = System.out;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      String[] command = {
        "predict",
        "resnet-20",
        folder.resolve("images").toString(),
        "--peers=none",
        "--rounds=1",
        "--threads=1"
      };
      assertEquals(0, Benchmarks.execute(command));
    } finally {
      System.setOut(usual);
    }
    List<String> lines =
        told.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("| res")).toList();
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(2).matches("\\| resnet-20 \\| convoy \\| [0-9.]+ \\| .*"), lines.get(2));
    assertTrue(Files.exists(folder.resolve("images.labelled/convoy/_SUCCESS")));
  }
}
