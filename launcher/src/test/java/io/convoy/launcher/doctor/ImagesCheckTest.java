package io.convoy.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.examine.ExaminedFiles;
import io.convoy.storage.HadoopFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesCheckTest {
  @TempDir Path folder;

  private List<Finding> look() {
    return new ImagesCheck(folder.toString(), new HadoopFiles(new Configuration()), 2).look();
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  @Test
  void everyDamagedImageIsAFinding() throws IOException {
    for (String set : List.of("train", "test")) {
      write(set + "/a/1.png");
      write(set + "/b/2.png");
    }
    Finding whole =
        Finding.ok(
            "images",
            "training set: 2 images of 2 classes: 2 PNG; each 4x5 pixels (height x width)");
    List<Finding> findings = look();
    assertEquals(2, findings.size());
    assertEquals(whole, findings.get(0));
    assertTrue(Files.exists(folder.resolve("train/" + ExaminedFiles.NAME)));

    Files.createDirectory(folder.resolve("test/c")); // a class without images
    Files.write(folder.resolve("test/a/3.jpg"), new byte[2]);
    findings = look();
    assertEquals(List.of(Finding.Level.OK, Finding.Level.OK, Finding.Level.FAIL), levels(findings));
    assertTrue(
        findings
            .get(2)
            .found()
            .startsWith(
                "file:" + folder + "/test/a/3.jpg: the file is no image that is read (by its"),
        findings.get(2).found());
  }

  private static List<Finding.Level> levels(List<Finding> findings) {
    return findings.stream().map(Finding::level).toList();
  }

  @Test
  void setsWithoutImageFilesAreNotRead() throws IOException {
    Files.write(folder.resolve("note.txt"), new byte[1]);
    assertEquals(
        List.of(
            Finding.ok(
                "images", "%s holds no image files that could be damaged one by one", folder)),
        look());
  }
}
