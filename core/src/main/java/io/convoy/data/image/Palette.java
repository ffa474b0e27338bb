package io.convoy.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;

/**
 * The colours of an image that names them by number.
 *
 * @param argb {@code 0xAARRGGBB} each
 */
record Palette(int[] argb) {

  /** Looks up every pixel of an image that a library gave with its palette. */
  static Samples lookUp(BufferedImage image, IndexColorModel colours, FileBytes file) {
    int[] argb = new int[colours.getMapSize()];
    colours.getRGBs(argb);
    byte[] numbers = Components.numbers(image.getRaster());
    return new Palette(argb).lookUp(numbers, image.getHeight(), image.getWidth(), file);
  }

  /**
   * Looks up every pixel.
   *
   * @param indices a byte a pixel
   * @throws io.convoy.error.ConvoyException of kind DATA where a pixel names a colour that is not
   *     there: whatever was shown for it would be made up
   */
  Samples lookUp(byte[] indices, int height, int width, FileBytes file) {
    int count = isOpaque() ? 3 : 4;
    byte[] samples = new byte[Math.multiplyExact(indices.length, count)];
    int to = 0;
    for (byte index : indices) {
      int number = index & 0xFF;
      if (number >= argb.length) {
        throw file.damaged(
            "a pixel has colour %s of a palette of %s".formatted(number, argb.length));
      }
      int colour = argb[number];
      samples[to] = (byte) (colour >> 16);
      samples[to + 1] = (byte) (colour >> 8);
      samples[to + 2] = (byte) colour;
      if (count == 4) {
        samples[to + 3] = (byte) (colour >> 24);
      }
      to += count;
    }
    return Samples.of(new Components(height, width, count, samples));
  }

  private boolean isOpaque() {
    for (int colour : argb) {
      if (colour >>> 24 != 0xFF) {
        return false;
      }
    }
    return true;
  }
}
