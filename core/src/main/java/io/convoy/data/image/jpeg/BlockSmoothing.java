package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.stream.IntStream;

/**
 * Guesses the low frequencies that a progressive image's scans leave out, or of which they leave
 * bits out, so that a block passes into the next. A guess is a weighted sum of the DC of 5x5
 * blocks; weights, edges and rounding are those of libjpeg-turbo 2.1 (jdcoefct.c).
 */
final class BlockSmoothing {
  /** The coefficients that may be guessed, by the zigzag; DC is the first. */
  private static final int LOW = 10;

  private static final int SIDE = 5;
  private static final int MIDDLE = SIDE / 2;

  /** Bits behind the point of a weighted sum. */
  private static final int FRACTION = 8;

  /** Where DC alone is known: it is smoothed too. */
  private static final int[][] FROM_DC_ALONE =
      weights(
          new int[][] {
            {152, 42, -8, 42, 6, -6, -8, -6, -2},
            {0, 38, -3, 0, 13, -3, 0, -1, -1},
            {0, 0, 0, 38, 13, -1, -3, -3, -1},
            {-14, -5, 0, 7, 2, 0, 1, 0, 0},
            {0, 0, 0, 0, 9, 0, 0, 0, -1},
            {-14, 7, 1, -5, 2, 0, 0, 0, 0},
            {0, 2, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, -3, 1, 0, 0, 0, 0},
            {0, -3, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, 2, 1, 0, 0, 0, 0}
          });

  /** Where something is known of a low frequency: DC stays, and five others are guessed. */
  private static final int[][] BESIDE_OTHERS =
      weights(
          new int[][] {
            {256, 0, 0, 0, 0, 0, 0, 0, 0},
            {0, 50, -7, 0, 0, 0, 0, 0, 0},
            {0, 0, 0, 50, 0, 0, -7, 0, 0},
            {-24, 0, 0, 13, 0, 0, -1, 0, 0},
            {0, 0, 0, 0, 10, -1, 0, -1, 0},
            {-24, 13, -1, 0, 0, 0, 0, 0, 0}
          });

  private final Component component;
  private final Coefficients stored;
  private final int[][] weights;

  /** What is guessed, by the zigzag. */
  private final int[] places;

  /** The DC of the blocks around one. */
  private final int[] window = new int[SIDE * SIDE];

  BlockSmoothing(Component component, Coefficients stored) {
    this.component = component;
    this.stored = stored;
    boolean dcAlone = IntStream.range(1, LOW).allMatch(place -> stored.unknownBits(place) < 0);
    weights = dcAlone ? FROM_DC_ALONE : BESIDE_OTHERS;
    places =
        IntStream.range(dcAlone ? 0 : 1, weights.length)
            .filter(place -> place == 0 || stored.unknownBits(place) != 0)
            .toArray();
  }

  /**
   * Whether an image lacks bits of a low frequency that can be guessed: libjpeg leaves all as it is
   * where it would have to divide by a zero in a quantisation table.
   *
   * @param components all of the frame
   */
  static boolean isWanted(Coefficients[] components) {
    boolean incomplete = false;
    for (Coefficients component : components) {
      for (int place = 0; place < LOW; place++) {
        if (component.quantization[place] == 0) {
          return false;
        }
        incomplete |= place > 0 && component.unknownBits(place) != 0;
      }
    }
    return incomplete;
  }

  /**
   * Spreads weights over a window. A frequency whose waves are odd from left to right has its
   * weights turned over in the right half, and so from top to bottom.
   *
   * @param corners by the zigzag; weights by their distance from the middle, three rows of three
   */
  private static int[][] weights(int[][] corners) {
    int[][] weights = new int[corners.length][SIDE * SIDE];
    for (int place = 0; place < corners.length; place++) {
      boolean oddRows = Zigzag.NATURAL[place] / 8 % 2 == 1;
      boolean oddColumns = Zigzag.NATURAL[place] % 2 == 1;
      for (int i = 0; i < SIDE * SIDE; i++) {
        int row = i / SIDE - MIDDLE;
        int column = i % SIDE - MIDDLE;
        int weight = corners[place][Math.abs(row) * (MIDDLE + 1) + Math.abs(column)];
        boolean turned = (oddRows && row > 0) != (oddColumns && column > 0);
        weights[place][i] = turned ? -weight : weight;
      }
    }
    return weights;
  }

  /**
   * Puts guesses in the place of zeros.
   *
   * @param blockColumn of the first block
   * @param count of neighbouring blocks, up to a group
   * @param group of those blocks, dequantised
   */
  void apply(int blockRow, int blockColumn, int count, int[] group) {
    if (places.length == 0 || blockRow >= component.blockRows()) {
      return;
    }
    int[] rows = rows(blockRow);
    int blocks = Math.min(count, component.blockColumns() - blockColumn);
    for (int block = 0; block < blocks; block++) {
      look(rows, blockColumn + block);
      int at = stored.at(blockRow, blockColumn + block);
      for (int place : places) {
        int natural = Zigzag.NATURAL[place];
        if (place == 0 || stored.values()[at + natural] == 0) {
          group[natural * JpegKernels.GROUP + JpegKernels.place(block)] =
              guess(place) * stored.quantization[place];
        }
      }
    }
  }

  /** The nearest whole number to a weighted sum, no larger than the unknown bits can say. */
  private short guess(int place) {
    int sum = 0;
    for (int i = 0; i < window.length; i++) {
      sum += weights[place][i] * window[i];
    }
    long steps = (long) sum * stored.quantization[0];
    long step = (long) stored.quantization[place] << FRACTION;
    long size = (Math.abs(steps) + step / 2) / step;
    int unknown = stored.unknownBits(place);
    if (place > 0 && unknown > 0) {
      size = Math.min(size, (1 << unknown) - 1);
    }
    return (short) (steps < 0 ? -size : size);
  }

  private void look(int[] rows, int blockColumn) {
    int columns = component.blockColumns();
    // of two columns, the first one stands behind the second, too: as libjpeg-turbo 2.1 has it
    int behind = columns == 2 ? 0 : columns - 1;
    for (int i = 0; i < window.length; i++) {
      int column = Math.max(0, blockColumn + i % SIDE - MIDDLE);
      int at = stored.at(rows[i / SIDE], column < columns ? column : behind);
      window[i] = stored.values()[at];
    }
  }

  /**
   * The rows of a window. libjpeg-turbo 2.1 looks two rows up and down within a row of units, and
   * where there are two more rows of units.
   */
  private int[] rows(int blockRow) {
    int v = component.statedV();
    int unitRow = blockRow / v;
    int last = component.blockRows() - 1;
    int above = Math.max(0, blockRow - 1);
    int below = Math.min(last, blockRow + 1);
    boolean twoAbove = blockRow % v > 1 || unitRow > 1;
    boolean twoBelow =
        blockRow + 2 <= Math.min(last, unitRow * v + v - 1) || unitRow + 2 <= last / v;
    return new int[] {
      twoAbove ? blockRow - 2 : above, above, blockRow, below, twoBelow ? blockRow + 2 : below
    };
  }
}
