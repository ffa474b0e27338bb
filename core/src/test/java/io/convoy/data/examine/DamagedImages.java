package io.convoy.data.examine;

import io.convoy.data.image.EncodedImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A folder of two classes of whole images, to which damaged ones of several kinds can be added. */
final class DamagedImages {
  /** By name, as the set has them in its order. */
  static final List<String> NAMES =
      List.of("cat/cut.jpg", "cat/empty.jpg", "dog/sum.png", "dog/text.jpg");

  /** What is said of each. */
  static final List<String> REASONS =
      List.of(
          "the JPEG is damaged",
          "the file is no image that is read (by its first bytes; it has 0 bytes)",
          "the PNG is truncated or damaged (the checksum of chunk IHDR fails)",
          "the file is no image that is read (by its first bytes; it has 16 bytes)");

  private DamagedImages() {}

  /** 24 whole ones: 12 PNG and 12 JPEG; of class cat 10x8 pixels (height x width), of dog 8x10. */
  static void writeWhole(Path folder) throws IOException {
    for (int i = 0; i < 12; i++) {
      write(folder, "cat/%s.png".formatted(10 + i), image(10, 8, i, "png"));
      write(folder, "dog/%s.jpg".formatted(10 + i), image(8, 10, i, "jpg"));
    }
  }

  static void writeDamaged(Path folder) throws IOException {
    byte[] jpeg = image(10, 8, 5, "jpg");
    write(folder, "cat/cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 40));
    write(folder, "cat/empty.jpg", new byte[0]);
    byte[] png = image(8, 10, 5, "png");
    png[29] ^= 1; // the first byte of the header's checksum
    write(folder, "dog/sum.png", png);
    write(folder, "dog/text.jpg", "this is no image".getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] image(int height, int width, int number, String format) {
    BufferedImage image = EncodedImages.pattern(height, width, BufferedImage.TYPE_3BYTE_BGR);
    for (int row = 0; row < height; row++) {
      image.setRGB(number % width, row, 0xFF0000 >> number);
    }
    return EncodedImages.encode(image, format);
  }

  static Path write(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
