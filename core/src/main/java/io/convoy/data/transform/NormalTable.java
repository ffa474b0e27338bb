package io.convoy.data.transform;

import io.convoy.random.RandomStream;

/**
 * Normally distributed noise by a table. Entry k of 32768 is the distance z from 0, in odd 8192ths,
 * below which {@code (k + 1/2) / 32768} of the absolute values of a standard normal number lie; so
 * the largest is a little above 4.1. A value takes 16 bits: 15 for k, the highest for the sign.
 */
final class NormalTable {
  private static final int ENTRIES = 1 << 15;
  private static final int CELLS = 1 << 12; // of the density, between a whole number and the next
  private static final int LAST_CELL = 6 * CELLS;
  private static final short[] TABLE = new short[ENTRIES]; // unsigned

  static {
    double total = 0;
    for (int cell = 0; cell < LAST_CELL; cell++) {
      total += density(cell);
    }
    double sum = 0;
    int cell = 0;
    for (int k = 0; k < ENTRIES; k++) {
      double wanted = (k + 0.5) / ENTRIES * total;
      while (sum + density(cell) < wanted) {
        sum += density(cell++);
      }
      TABLE[k] = (short) (2 * cell + 1);
    }
  }

  private NormalTable() {}

  private static double density(int cell) {
    double z = (cell + 0.5) / CELLS;
    return StrictMath.exp(-z * z / 2);
  }

  /**
   * Adds noise to each value of an image: {@code z deviation}, rounded half up. Values 2i and 2i +
   * 1 take the low and the high half of the bits at position i.
   *
   * @param deviation in grey levels, in [0, 255]; rounded to 128ths
   */
  static void add(Canvas image, double deviation, RandomStream noise) {
    int scale = (int) (deviation * 128 + 0.5);
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int bits = noise.bits(i >> 1) >>> ((i & 1) << 4);
      int z = (TABLE[bits & (ENTRIES - 1)] & 0xFFFF) * scale;
      int change = ((bits & ENTRIES) == 0 ? z + (1 << 19) : (1 << 19) - z) >> 20;
      pixels[i] = (byte) Math.max(0, Math.min(255, (pixels[i] & 0xFF) + change));
    }
  }
}
