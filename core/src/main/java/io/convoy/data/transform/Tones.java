package io.convoy.data.transform;

/**
 * Changes of an image by a table of what each value becomes. Byte for byte what Pillow's ImageOps
 * gives.
 */
final class Tones {
  private Tones() {}

  /**
   * Keeps the highest bits of each value.
   *
   * @param bits in [1, 8]
   */
  static void posterize(Canvas image, int bits) {
    int mask = -(1 << (8 - bits));
    byte[] table = image.table();
    for (int value = 0; value < 256; value++) {
      table[value] = (byte) (value & mask);
    }
    image.look();
  }

  /** Inverts the values from a threshold on. */
  static void solarize(Canvas image, double threshold) {
    byte[] table = image.table();
    for (int value = 0; value < 256; value++) {
      table[value] = (byte) (value < threshold ? value : 255 - value);
    }
    image.look();
  }

  /** Stretches each channel's values to [0, 255]; one of a single value stays. */
  static void autoContrast(Canvas image) {
    byte[] table = image.table();
    for (int channel = 0; channel < image.channels(); channel++) {
      int[] histogram = image.histogram(channel);
      int low = first(histogram);
      int high = last(histogram);
      if (high <= low) {
        continue;
      }
      double scale = 255.0 / (high - low);
      double offset = -low * scale;
      for (int value = 0; value < 256; value++) {
        table[value] = clipped((int) (value * scale + offset));
      }
      image.look(channel);
    }
  }

  /** Makes all values of each channel as frequent as they can be by a table. */
  static void equalize(Canvas image) {
    byte[] table = image.table();
    for (int channel = 0; channel < image.channels(); channel++) {
      int[] histogram = image.histogram(channel);
      int count = image.height() * image.width();
      int step = (count - histogram[last(histogram)]) / 255;
      if (step == 0) {
        continue; // a single value, or too few pixels
      }
      int below = step / 2;
      for (int value = 0; value < 256; value++) {
        table[value] = clipped(below / step);
        below += histogram[value];
      }
      image.look(channel);
    }
  }

  private static byte clipped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static int first(int[] histogram) {
    int value = 0;
    while (histogram[value] == 0) {
      value++;
    }
    return value;
  }

  private static int last(int[] histogram) {
    int value = 255;
    while (histogram[value] == 0) {
      value--;
    }
    return value;
  }
}
