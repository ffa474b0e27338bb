package io.convoy.data.image.webp;

import java.util.Arrays;

/** The coefficients of a block of 16 x 16 pixels (RFC 6386, section 13). */
final class Coefficients {
  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
  private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
  private static final int[][] LARGE = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };
  private static final int OF_BAND = 3 * 11;
  private static final int OF_KIND = 8 * OF_BAND;
  private static final int OF_CONTEXT = 11;

  /** Luma without its means, the means, chroma, and luma: kinds of blocks. */
  private static final int REST = 0;

  private static final int MEANS = 1;
  private static final int CHROMA = 2;
  private static final int LUMA = 3;

  /** 16 blocks of luma, 4 of the one and 4 of the other chroma, 16 coefficients each. */
  final short[] values = new short[24 * 16];

  private final short[] means = new short[16];
  private final short[] probabilities;

  // which blocks above and to the left had coefficients: 4 of luma, 2 and 2 of chroma, the means
  private final boolean[][] above;
  private final boolean[] left = new boolean[9];

  /**
   * @param columns of blocks in a row
   */
  Coefficients(short[] probabilities, int columns) {
    this.probabilities = probabilities;
    this.above = new boolean[columns][9];
  }

  void startRow() {
    Arrays.fill(left, false);
  }

  /** A block without coefficients; only one that has means tells of them. */
  void skip(int column, boolean whole) {
    Arrays.fill(values, (short) 0);
    int told = whole ? 9 : 8;
    Arrays.fill(above[column], 0, told, false);
    Arrays.fill(left, 0, told, false);
  }

  /**
   * Reads the coefficients of a block, and multiplies them.
   *
   * @param whole whether luma is predicted as a whole, so that its means are a block of their own
   * @return whether any is not 0
   */
  boolean read(BoolReader in, int column, boolean whole, Quantizer quantizer) {
    Arrays.fill(values, (short) 0);
    boolean[] up = above[column];
    if (whole) {
      Arrays.fill(means, (short) 0);
      int context = (up[8] ? 1 : 0) + (left[8] ? 1 : 0);
      int count = read(in, MEANS, context, quantizer.means(), 0, means, 0);
      up[8] = count > 0;
      left[8] = count > 0;
      Transform.spreadMeans(means, values);
    }
    boolean some = plane(in, up, whole ? REST : LUMA, 0, 4, 0, quantizer.luma());
    some |= plane(in, up, CHROMA, 4, 2, 16, quantizer.chroma());
    some |= plane(in, up, CHROMA, 6, 2, 20, quantizer.chroma());
    return some;
  }

  private boolean plane(
      BoolReader in, boolean[] up, int kind, int told, int side, int block, int[] steps) {
    boolean some = false;
    int first = kind == REST ? 1 : 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = (block + y * side + x) * 16;
        int context = (up[told + x] ? 1 : 0) + (left[told + y] ? 1 : 0);
        int count = read(in, kind, context, steps, first, values, at);
        up[told + x] = count > first;
        left[told + y] = count > first;
        some |= count > 1 || values[at] != 0;
      }
    }
    return some;
  }

  /** Reads one block of 4 x 4; returns the place behind its last coefficient. */
  private int read(
      BoolReader in, int kind, int context, int[] steps, int first, short[] to, int at) {
    int n = first;
    int p = kind * OF_KIND + BANDS[n] * OF_BAND + context * OF_CONTEXT;
    while (n < 16) {
      if (in.bit(probabilities[p]) == 0) {
        return n;
      }
      while (in.bit(probabilities[p + 1]) == 0) {
        n++;
        if (n == 16) {
          return 16;
        }
        p = kind * OF_KIND + BANDS[n] * OF_BAND;
      }
      int value = in.bit(probabilities[p + 2]) == 0 ? 1 : large(in, p);
      int next = kind * OF_KIND + BANDS[n + 1] * OF_BAND;
      p = next + (value == 1 ? 1 : 2) * OF_CONTEXT;
      int signed = in.flag() ? -value : value;
      to[at + ZIGZAG[n]] = (short) (signed * steps[n > 0 ? 1 : 0]);
      n++;
    }
    return 16;
  }

  /** A value of 2 or more. */
  private int large(BoolReader in, int p) {
    if (in.bit(probabilities[p + 3]) == 0) {
      if (in.bit(probabilities[p + 4]) == 0) {
        return 2;
      }
      return 3 + in.bit(probabilities[p + 5]);
    }
    if (in.bit(probabilities[p + 6]) == 0) {
      if (in.bit(probabilities[p + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int value = 7 + 2 * in.bit(165);
      return value + in.bit(145);
    }
    int high = in.bit(probabilities[p + 8]);
    int category = 2 * high + in.bit(probabilities[p + 9 + high]);
    int value = 0;
    for (int probability : LARGE[category]) {
      value = 2 * value + in.bit(probability);
    }
    return value + 3 + (8 << category);
  }
}
