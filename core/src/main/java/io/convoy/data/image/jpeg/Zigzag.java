package io.convoy.data.image.jpeg;

import java.util.Arrays;

/** The order in which a block's coefficients are stored (ITU-T T.81, figure A.6). */
final class Zigzag {
  /** Coefficients of a block. */
  static final int BLOCK = 64;

  /**
   * Where the coefficient at a place of the zigzag lies in rows of eight. A run of zeros may end up
   * to 15 places behind the block: all those places are {@link #BLOCK}, which is none of it.
   */
  static final int[] NATURAL = natural();

  private Zigzag() {}

  private static int[] natural() {
    int[] order = new int[BLOCK + 16];
    Arrays.fill(order, BLOCK);
    int row = 0;
    int column = 0;
    for (int place = 0; place < BLOCK; place++) {
      order[place] = 8 * row + column;
      boolean rising = (row + column) % 2 == 0;
      if ((rising && column == 7) || (!rising && row < 7 && column == 0)) {
        row++;
      } else if ((rising && row == 0) || (!rising && row == 7)) {
        column++;
      } else {
        row += rising ? -1 : 1;
        column += rising ? 1 : -1;
      }
    }
    return order;
  }
}
