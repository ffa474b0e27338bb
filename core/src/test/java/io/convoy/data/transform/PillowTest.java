package io.convoy.data.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Byte for byte what Pillow gives; {@code core/src/test/python} holds the script that asked it. */
class PillowTest {
  private static List<String[]> cases(Predicate<String[]> wanted) throws IOException {
    try (InputStream file = PillowTest.class.getResourceAsStream("pillow.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split(" ")).filter(wanted).toList();
    }
  }

  private static Canvas image(String name) {
    return switch (name) {
      case "colour" -> TestImages.image(Shape.of(37, 53, 3), 0, 255, 1);
      case "narrow" -> TestImages.image(Shape.of(40, 21, 3), 60, 170, 2);
      case "grey" -> TestImages.image(Shape.of(31, 32, 1), 10, 240, 3);
      case "flat" -> TestImages.image(Shape.of(5, 4, 3), 77, 77, 4);
      case "thin" -> TestImages.image(Shape.of(2, 9, 3), 0, 255, 5);
      default -> throw new AssertionError(name);
    };
  }

  private static void change(String what, Canvas image, String value) {
    switch (what) {
      case "brightness" -> Blending.brightness(image, Double.parseDouble(value));
      case "contrast" -> Blending.contrast(image, Double.parseDouble(value));
      case "saturation" -> Blending.saturation(image, Double.parseDouble(value));
      case "sharpness" -> Blending.sharpness(image, Double.parseDouble(value));
      case "posterize" -> Tones.posterize(image, Integer.parseInt(value));
      case "solarize" -> Tones.solarize(image, Integer.parseInt(value));
      case "equalize" -> Tones.equalize(image);
      case "autoContrast" -> Tones.autoContrast(image);
      default -> throw new AssertionError(what);
    }
  }

  @Test
  void enhancementsAndTonesAreThoseOfPillow() throws IOException {
    List<String[]> cases = cases(c -> !c[0].equals("hue"));
    assertEquals(240, cases.size());
    for (String[] c : cases) {
      Canvas image = image(c[1]);
      change(c[0], image, c[2]);
      assertEquals(c[3], TestImages.crc(image.pixels()), () -> String.join(" ", c));
    }
  }

  /** All 2^24 colours. */
  @Test
  void huesAreThoseOfPillow() throws IOException {
    List<String[]> cases = cases(c -> c[0].equals("hue"));
    assertTrue(cases.size() >= 5);
    Canvas canvas = new Canvas(Shape.of(256, 256, 3));
    byte[] square = new byte[3 << 16];
    for (String[] c : cases) {
      CRC32 crc = new CRC32();
      for (int red = 0; red < 256; red++) {
        for (int i = 0; i < 1 << 16; i++) {
          square[3 * i] = (byte) red;
          square[3 * i + 1] = (byte) (i >> 8);
          square[3 * i + 2] = (byte) i;
        }
        canvas.take(square);
        HueShift.apply(canvas, Integer.parseInt(c[2]));
        crc.update(canvas.pixels());
      }
      assertEquals(c[3], HexFormat.of().toHexDigits((int) crc.getValue()), () -> "shift " + c[2]);
    }
  }
}
