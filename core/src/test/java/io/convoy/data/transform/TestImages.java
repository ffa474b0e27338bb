package io.convoy.data.transform;

import io.convoy.tensor.Shape;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Images by arithmetic, the same as in {@code pillow-transforms.py}. */
final class TestImages {
  private TestImages() {}

  /** Noise over a slope, with values in [low, high]. */
  static Canvas image(Shape shape, int low, int high, int seed) {
    Canvas canvas = new Canvas(shape);
    byte[] pixels = new byte[shape.elements()];
    for (int i = 0; i < pixels.length; i++) {
      long bits = (i * 2654435761L + seed * 40503L) & 0xFFFFFFFFL;
      int pixel = i / shape.channels();
      int smooth = (pixel / shape.width() * 5 + pixel % shape.width() * 3) % 256;
      int mixed = (int) ((bits >> 24) + 3 * smooth) / 4;
      pixels[i] = (byte) (low + mixed * (high - low) / 255);
    }
    canvas.take(pixels);
    return canvas;
  }

  static Canvas colour(int height, int width) {
    return image(Shape.of(height, width, 3), 0, 255, 1);
  }

  static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
