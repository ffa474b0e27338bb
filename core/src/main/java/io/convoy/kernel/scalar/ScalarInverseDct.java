package io.convoy.kernel.scalar;

import static io.convoy.kernel.JpegKernels.GROUP;

/**
 * The inverse DCT of one block of a group, columns first: 13 bits of fraction in the factors, two
 * in what goes from the columns to the rows. A block of 4x4 or 2x2 samples is made of the
 * coefficients that it needs.
 */
final class ScalarInverseDct {
  private static final int FRACTION = 13;
  private static final int BETWEEN = 2;

  /** From one row of coefficients to the next. */
  private static final int ROW = 8 * GROUP;

  private ScalarInverseDct() {}

  static byte sample(int value) {
    return (byte) Math.max(0, Math.min(255, value + 128));
  }

  private static int descale(int value, int bits) {
    return (value + (1 << (bits - 1))) >> bits;
  }

  static void whole(int[] c, int place, byte[] samples, int start, int stride) {
    for (int column = 0; column < 8; column++) {
      eight(c, place + column * GROUP, ROW, FRACTION - BETWEEN);
    }
    for (int row = 0; row < 8; row++) {
      int from = place + row * ROW;
      eight(c, from, GROUP, FRACTION + BETWEEN + 3);
      write(c, from, 8, samples, start + row * stride);
    }
  }

  static void half(int[] c, int place, byte[] samples, int start, int stride) {
    for (int column = 0; column < 8; column++) {
      if (column != 4) {
        four(c, place + column * GROUP, ROW, FRACTION - BETWEEN + 1);
      }
    }
    for (int row = 0; row < 4; row++) {
      int from = place + row * ROW;
      four(c, from, GROUP, FRACTION + BETWEEN + 3 + 1);
      write(c, from, 4, samples, start + row * stride);
    }
  }

  static void quarter(int[] c, int place, byte[] samples, int start, int stride) {
    for (int column = 0; column < 8; column++) {
      if (column == 0 || column % 2 == 1) {
        two(c, place + column * GROUP, ROW, FRACTION - BETWEEN + 2);
      }
    }
    for (int row = 0; row < 2; row++) {
      int from = place + row * ROW;
      two(c, from, GROUP, FRACTION + BETWEEN + 3 + 2);
      write(c, from, 2, samples, start + row * stride);
    }
  }

  private static void write(int[] c, int from, int count, byte[] samples, int to) {
    for (int x = 0; x < count; x++) {
      samples[to + x] = sample(c[from + x * GROUP]);
    }
  }

  /** Eight numbers in place; the factors are sums of cosines times sqrt(2), times 2^13. */
  private static void eight(int[] c, int at, int step, int bits) {
    int z2 = c[at + 2 * step];
    int z3 = c[at + 6 * step];
    int z1 = (z2 + z3) * 4433;
    int even2 = z1 - z3 * 15137;
    int even3 = z1 + z2 * 6270;
    int even0 = (c[at] + c[at + 4 * step]) << FRACTION;
    int even1 = (c[at] - c[at + 4 * step]) << FRACTION;
    int sum0 = even0 + even3;
    int sum3 = even0 - even3;
    int sum1 = even1 + even2;
    int sum2 = even1 - even2;

    int odd0 = c[at + 7 * step];
    int odd1 = c[at + 5 * step];
    int odd2 = c[at + 3 * step];
    int odd3 = c[at + step];
    int z5 = (odd0 + odd2 + odd1 + odd3) * 9633;
    int y1 = (odd0 + odd3) * -7373;
    int y2 = (odd1 + odd2) * -20995;
    int y3 = (odd0 + odd2) * -16069 + z5;
    int y4 = (odd1 + odd3) * -3196 + z5;
    odd0 = odd0 * 2446 + y1 + y3;
    odd1 = odd1 * 16819 + y2 + y4;
    odd2 = odd2 * 25172 + y2 + y3;
    odd3 = odd3 * 12299 + y1 + y4;

    c[at] = descale(sum0 + odd3, bits);
    c[at + 7 * step] = descale(sum0 - odd3, bits);
    c[at + step] = descale(sum1 + odd2, bits);
    c[at + 6 * step] = descale(sum1 - odd2, bits);
    c[at + 2 * step] = descale(sum2 + odd1, bits);
    c[at + 5 * step] = descale(sum2 - odd1, bits);
    c[at + 3 * step] = descale(sum3 + odd0, bits);
    c[at + 4 * step] = descale(sum3 - odd0, bits);
  }

  /** Four numbers out of eight, in the first four places; the fifth is not needed. */
  private static void four(int[] c, int at, int step, int bits) {
    int even0 = c[at] << (FRACTION + 1);
    int even2 = c[at + 2 * step] * 15137 - c[at + 6 * step] * 6270;
    int sum0 = even0 + even2;
    int sum1 = even0 - even2;
    int z1 = c[at + 7 * step];
    int z2 = c[at + 5 * step];
    int z3 = c[at + 3 * step];
    int z4 = c[at + step];
    int odd0 = z1 * -1730 + z2 * 11893 + z3 * -17799 + z4 * 8697;
    int odd2 = z1 * -4176 + z2 * -4926 + z3 * 7373 + z4 * 20995;
    c[at] = descale(sum0 + odd2, bits);
    c[at + 3 * step] = descale(sum0 - odd2, bits);
    c[at + step] = descale(sum1 + odd0, bits);
    c[at + 2 * step] = descale(sum1 - odd0, bits);
  }

  /**
   * Two numbers out of eight, in the first two places; of the even ones only the first is needed.
   */
  private static void two(int[] c, int at, int step, int bits) {
    int even = c[at] << (FRACTION + 2);
    int odd =
        c[at + 7 * step] * -5906
            + c[at + 5 * step] * 6967
            + c[at + 3 * step] * -10426
            + c[at + step] * 29692;
    c[at] = descale(even + odd, bits);
    c[at + step] = descale(even - odd, bits);
  }
}
