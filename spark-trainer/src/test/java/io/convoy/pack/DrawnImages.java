package io.convoy.pack;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Images whose pixels follow from a number, as files. */
public final class DrawnImages {
  private DrawnImages() {}

  /** Pixels in HWC order, red, green and blue. */
  public static byte[] pixels(int number, int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      int mixed = (i * 0x9E3779B9 + number * 0x85EBCA6B) * 0x2C1B3C6D;
      pixels[i] = (byte) (((mixed ^ (mixed >>> 15)) * 0x297A2D39) >>> 24);
    }
    return pixels;
  }

  /** These pixels as a PNG file. */
  public static byte[] png(int number, int height, int width) {
    return encoded("png", number, height, width);
  }

  /** About these pixels as a JPEG file. */
  public static byte[] jpeg(int number, int height, int width) {
    return encoded("jpg", number, height, width);
  }

  private static byte[] encoded(String format, int number, int height, int width) {
    byte[] pixels = pixels(number, height, width);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      int rgb =
          (pixels[3 * i] & 0xFF) << 16
              | (pixels[3 * i + 1] & 0xFF) << 8
              | (pixels[3 * i + 2] & 0xFF);
      image.setRGB(i % width, i / width, rgb);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
