package io.convoy.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Encoded images for tests, by the JDK's writers. */
public final class EncodedImages {
  private EncodedImages() {}

  /** A smooth pattern that differs in every corner. */
  public static BufferedImage pattern(int height, int width, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    int bands = image.getRaster().getNumBands();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < bands; band++) {
          int value = (x * 200 / width + y * 50 / height + 40 * band) & 0xFF;
          image.getRaster().setSample(x, y, band, value);
        }
      }
    }
    return image;
  }

  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A JPEG with an EXIF segment that holds nothing but an orientation. */
  static byte[] oriented(byte[] jpeg, int orientation, boolean little) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    if (little) {
      byte[] tiff = {
        'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte) orientation, 0, 0, 0
      };
      System.arraycopy(tiff, 0, exif, 10, tiff.length);
    }
    return inserted(jpeg, 2, exif);
  }

  static byte[] inserted(byte[] bytes, int position, byte[] piece) {
    byte[] result = new byte[bytes.length + piece.length];
    System.arraycopy(bytes, 0, result, 0, position);
    System.arraycopy(piece, 0, result, position, piece.length);
    System.arraycopy(bytes, position, result, position + piece.length, bytes.length - position);
    return result;
  }
}
