package io.convoy.launcher.preview;

import io.convoy.preview.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A sheet of pixels to draw on, by whole pixels alone. */
final class Canvas {
  private final BufferedImage image;

  Canvas(int height, int width, int ground) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    fill(0, 0, height, width, ground);
  }

  /** Fills a rectangle with a colour, {@code 0xRRGGBB}. */
  void fill(int top, int left, int height, int width, int colour) {
    for (int row = top; row < top + height; row++) {
      for (int column = left; column < left + width; column++) {
        image.setRGB(column, row, colour);
      }
    }
  }

  /** Draws a picture, each pixel of it as a square. */
  void draw(Picture picture, int top, int left, int magnification) {
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        fill(
            top + row * magnification,
            left + column * magnification,
            magnification,
            magnification,
            picture.rgb(row, column));
      }
    }
  }

  /** Writes a text that ends before {@code room} pixels are over; what is too long has a gap. */
  void write(String text, int top, int left, int room, int scale, int colour) {
    int at = left;
    for (char letter : Letters.fitting(PlainText.of(text), room / scale).toCharArray()) {
      for (int row = 0; row < Letters.HEIGHT; row++) {
        for (int column = 0; column < Letters.width(letter); column++) {
          if (Letters.isInk(letter, row, column)) {
            fill(top + row * scale, at + column * scale, scale, scale, colour);
          }
        }
      }
      at += (Letters.width(letter) + 1) * scale;
    }
  }

  /** The sheet as a PNG. */
  byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java writes no PNG: it lacks java.desktop");
      }
    }
    return bytes.toByteArray();
  }
}
