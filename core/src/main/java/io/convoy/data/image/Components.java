package io.convoy.data.image;

import java.awt.image.Raster;

/**
 * What a decoder gives: {@code count} raw components a pixel, interleaved, before any conversion of
 * colours.
 *
 * @param samples {@code height * width * count} unsigned bytes
 */
record Components(int height, int width, int count, byte[] samples) {

  /**
   * The first samples of each pixel of a raster, which no colour space has a part in: spread over 0
   * to 255, rounded down; the high byte of 16 bits.
   */
  static Components of(Raster raster, int count) {
    int bands = raster.getNumBands();
    if (bands < count) {
      throw new IllegalStateException(
          "%s components where the header says %s".formatted(bands, count));
    }
    int[] bits = raster.getSampleModel().getSampleSize();
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(height, width), count)];
    int[] row = new int[Math.multiplyExact(width, bands)];
    int next = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < row.length; x += bands) {
        for (int band = 0; band < count; band++) {
          samples[next++] = toByte(row[x + band], bits[band]);
        }
      }
    }
    return new Components(height, width, count, samples);
  }

  private static byte toByte(int sample, int bits) {
    return switch (bits) {
      case 8 -> (byte) sample;
      case 16 -> (byte) (sample >> 8);
      default -> (byte) ((sample & 0xFFFFFFFFL) * 255 / ((1L << bits) - 1));
    };
  }

  /** The numbers of colours in a raster, a byte each. */
  static byte[] numbers(Raster raster) {
    int width = raster.getWidth();
    byte[] numbers = new byte[Math.multiplyExact(raster.getHeight(), width)];
    int[] row = new int[width];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int number : row) {
        numbers[next++] = (byte) number;
      }
    }
    return numbers;
  }
}
