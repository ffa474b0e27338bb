package io.convoy.kernel.simd.row;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes a matrix of 8 to 15 rows, such as the taps of a 3x3 window: 8 rows at a time change
 * places in registers, by three exchanges of halves, quarters and neighbours; the rows after them
 * follow one number at a time.
 */
final class Transposition {
  /** Rows that change places at once. */
  static final int ROWS = 8;

  private static final VectorShuffle<Float> CROSS_4 = cross(4);
  private static final VectorShuffle<Float> CROSS_2 = cross(2);
  private static final VectorShuffle<Float> CROSS_1 = cross(1);

  /** Brings the second 8 lanes of 16 to the front. */
  private static final VectorShuffle<Float> SECOND = cross(LANES > ROWS ? ROWS : 0);

  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);
  private static final VectorMask<Float> UPPER_1 = upper(1);

  private Transposition() {}

  private static VectorShuffle<Float> cross(int distance) {
    return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LANES);
  }

  private static VectorMask<Float> upper(int distance) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(FLOATS, lanes, 0);
  }

  /** Whether a matrix of so many rows is served. */
  static boolean serves(int rows) {
    return LANES >= ROWS && rows >= ROWS && rows < 2 * ROWS;
  }

  /**
   * Transposes a vector of columns: {@code to[toStart + c * rows + r] = from[start + r * step + c]}
   * for c in [0, lanes).
   *
   * @param last whether what lies in {@code to} behind these columns must stay as it is; else a
   *     later call has to write it
   */
  static void transpose(
      float[] from, int start, int step, int rows, float[] to, int toStart, boolean last) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, from, start);
    FloatVector a1 = FloatVector.fromArray(FLOATS, from, start + step);
    FloatVector a2 = FloatVector.fromArray(FLOATS, from, start + 2 * step);
    FloatVector a3 = FloatVector.fromArray(FLOATS, from, start + 3 * step);
    FloatVector a4 = FloatVector.fromArray(FLOATS, from, start + 4 * step);
    FloatVector a5 = FloatVector.fromArray(FLOATS, from, start + 5 * step);
    FloatVector a6 = FloatVector.fromArray(FLOATS, from, start + 6 * step);
    FloatVector a7 = FloatVector.fromArray(FLOATS, from, start + 7 * step);
    FloatVector b0 = a0.blend(a4.rearrange(CROSS_4), UPPER_4);
    FloatVector b4 = a0.rearrange(CROSS_4).blend(a4, UPPER_4);
    FloatVector b1 = a1.blend(a5.rearrange(CROSS_4), UPPER_4);
    FloatVector b5 = a1.rearrange(CROSS_4).blend(a5, UPPER_4);
    FloatVector b2 = a2.blend(a6.rearrange(CROSS_4), UPPER_4);
    FloatVector b6 = a2.rearrange(CROSS_4).blend(a6, UPPER_4);
    FloatVector b3 = a3.blend(a7.rearrange(CROSS_4), UPPER_4);
    FloatVector b7 = a3.rearrange(CROSS_4).blend(a7, UPPER_4);
    FloatVector c0 = b0.blend(b2.rearrange(CROSS_2), UPPER_2);
    FloatVector c2 = b0.rearrange(CROSS_2).blend(b2, UPPER_2);
    FloatVector c1 = b1.blend(b3.rearrange(CROSS_2), UPPER_2);
    FloatVector c3 = b1.rearrange(CROSS_2).blend(b3, UPPER_2);
    FloatVector c4 = b4.blend(b6.rearrange(CROSS_2), UPPER_2);
    FloatVector c6 = b4.rearrange(CROSS_2).blend(b6, UPPER_2);
    FloatVector c5 = b5.blend(b7.rearrange(CROSS_2), UPPER_2);
    FloatVector c7 = b5.rearrange(CROSS_2).blend(b7, UPPER_2);
    FloatVector d0 = c0.blend(c1.rearrange(CROSS_1), UPPER_1);
    FloatVector d1 = c0.rearrange(CROSS_1).blend(c1, UPPER_1);
    FloatVector d2 = c2.blend(c3.rearrange(CROSS_1), UPPER_1);
    FloatVector d3 = c2.rearrange(CROSS_1).blend(c3, UPPER_1);
    FloatVector d4 = c4.blend(c5.rearrange(CROSS_1), UPPER_1);
    FloatVector d5 = c4.rearrange(CROSS_1).blend(c5, UPPER_1);
    FloatVector d6 = c6.blend(c7.rearrange(CROSS_1), UPPER_1);
    FloatVector d7 = c6.rearrange(CROSS_1).blend(c7, UPPER_1);
    d0.intoArray(to, toStart);
    d1.intoArray(to, toStart + rows);
    d2.intoArray(to, toStart + 2 * rows);
    d3.intoArray(to, toStart + 3 * rows);
    d4.intoArray(to, toStart + 4 * rows);
    d5.intoArray(to, toStart + 5 * rows);
    d6.intoArray(to, toStart + 6 * rows);
    d7.intoArray(to, toStart + 7 * rows);
    if (LANES > ROWS) {
      // a column's vector reaches into the columns after it, which come later
      d0.rearrange(SECOND).intoArray(to, toStart + 8 * rows);
      d1.rearrange(SECOND).intoArray(to, toStart + 9 * rows);
      d2.rearrange(SECOND).intoArray(to, toStart + 10 * rows);
      d3.rearrange(SECOND).intoArray(to, toStart + 11 * rows);
      d4.rearrange(SECOND).intoArray(to, toStart + 12 * rows);
      d5.rearrange(SECOND).intoArray(to, toStart + 13 * rows);
      d6.rearrange(SECOND).intoArray(to, toStart + 14 * rows);
      if (last) {
        copy(from, start, step, 0, ROWS, LANES - 1, rows, to, toStart);
      } else {
        d7.rearrange(SECOND).intoArray(to, toStart + 15 * rows);
      }
    }
    copy(from, start, step, ROWS, rows, 0, rows, to, toStart);
  }

  /** Rows of the columns from one on, one number at a time. */
  private static void copy(
      float[] from,
      int start,
      int step,
      int firstRow,
      int lastRow,
      int firstColumn,
      int rows,
      float[] to,
      int toStart) {
    for (int row = firstRow; row < lastRow; row++) {
      for (int column = firstColumn; column < LANES; column++) {
        to[toStart + column * rows + row] = from[start + row * step + column];
      }
    }
  }
}
