package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.Species.FLOATS;
import static io.convoy.kernel.simd.Species.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The register tile of {@link io.convoy.kernel.Kernels#multiply}: 6 rows by 2 vectors of output
 * columns, 12 sums in registers (15 registers in all: it fits the 16 of AVX2).
 *
 * <pre>
 *            p    q      a row of the panel: 2 vectors
 *     x0+k   a0   b0
 *     ...    ..   ..     each step of k: 2 loads, 6 broadcasts, 12 multiply-adds
 *     x5+k   a5   b5
 * </pre>
 *
 * <p>Written out by hand, since accumulators in an array would live in memory. Overwriting and
 * accumulating are two methods, because C1 gives up on a method with more than about 125 vector
 * operations. One loop each, since a second one around it makes C2 spill.
 */
@SuppressWarnings("checkstyle:MethodLength") // accumulators must be local variables
final class MultiplyTile {
  static final int ROWS = 6;
  static final int WIDTH = 2 * LANES;

  private MultiplyTile() {}

  /** Rows x0 to x5 times the panel, stored at (or added to) y0 to y5. */
  static void overwrite(
      int run,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int x4,
      int x5,
      float[] panel,
      int start,
      float[] y,
      int y0,
      int y1,
      int y2,
      int y3,
      int y4,
      int y5) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero;
    FloatVector b0 = zero;
    FloatVector a1 = zero;
    FloatVector b1 = zero;
    FloatVector a2 = zero;
    FloatVector b2 = zero;
    FloatVector a3 = zero;
    FloatVector b3 = zero;
    FloatVector a4 = zero;
    FloatVector b4 = zero;
    FloatVector a5 = zero;
    FloatVector b5 = zero;
    for (int k = 0; k < run; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH + LANES);
      FloatVector v0 = FloatVector.broadcast(FLOATS, x[x0 + k]);
      a0 = v0.fma(p, a0);
      b0 = v0.fma(q, b0);
      FloatVector v1 = FloatVector.broadcast(FLOATS, x[x1 + k]);
      a1 = v1.fma(p, a1);
      b1 = v1.fma(q, b1);
      FloatVector v2 = FloatVector.broadcast(FLOATS, x[x2 + k]);
      a2 = v2.fma(p, a2);
      b2 = v2.fma(q, b2);
      FloatVector v3 = FloatVector.broadcast(FLOATS, x[x3 + k]);
      a3 = v3.fma(p, a3);
      b3 = v3.fma(q, b3);
      FloatVector v4 = FloatVector.broadcast(FLOATS, x[x4 + k]);
      a4 = v4.fma(p, a4);
      b4 = v4.fma(q, b4);
      FloatVector v5 = FloatVector.broadcast(FLOATS, x[x5 + k]);
      a5 = v5.fma(p, a5);
      b5 = v5.fma(q, b5);
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + LANES);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + LANES);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + LANES);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + LANES);
    a4.intoArray(y, y4);
    b4.intoArray(y, y4 + LANES);
    a5.intoArray(y, y5);
    b5.intoArray(y, y5 + LANES);
  }

  static void accumulate(
      int run,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int x4,
      int x5,
      float[] panel,
      int start,
      float[] y,
      int y0,
      int y1,
      int y2,
      int y3,
      int y4,
      int y5) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero;
    FloatVector b0 = zero;
    FloatVector a1 = zero;
    FloatVector b1 = zero;
    FloatVector a2 = zero;
    FloatVector b2 = zero;
    FloatVector a3 = zero;
    FloatVector b3 = zero;
    FloatVector a4 = zero;
    FloatVector b4 = zero;
    FloatVector a5 = zero;
    FloatVector b5 = zero;
    for (int k = 0; k < run; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH + LANES);
      FloatVector v0 = FloatVector.broadcast(FLOATS, x[x0 + k]);
      a0 = v0.fma(p, a0);
      b0 = v0.fma(q, b0);
      FloatVector v1 = FloatVector.broadcast(FLOATS, x[x1 + k]);
      a1 = v1.fma(p, a1);
      b1 = v1.fma(q, b1);
      FloatVector v2 = FloatVector.broadcast(FLOATS, x[x2 + k]);
      a2 = v2.fma(p, a2);
      b2 = v2.fma(q, b2);
      FloatVector v3 = FloatVector.broadcast(FLOATS, x[x3 + k]);
      a3 = v3.fma(p, a3);
      b3 = v3.fma(q, b3);
      FloatVector v4 = FloatVector.broadcast(FLOATS, x[x4 + k]);
      a4 = v4.fma(p, a4);
      b4 = v4.fma(q, b4);
      FloatVector v5 = FloatVector.broadcast(FLOATS, x[x5 + k]);
      a5 = v5.fma(p, a5);
      b5 = v5.fma(q, b5);
    }
    a0.add(FloatVector.fromArray(FLOATS, y, y0)).intoArray(y, y0);
    b0.add(FloatVector.fromArray(FLOATS, y, y0 + LANES)).intoArray(y, y0 + LANES);
    a1.add(FloatVector.fromArray(FLOATS, y, y1)).intoArray(y, y1);
    b1.add(FloatVector.fromArray(FLOATS, y, y1 + LANES)).intoArray(y, y1 + LANES);
    a2.add(FloatVector.fromArray(FLOATS, y, y2)).intoArray(y, y2);
    b2.add(FloatVector.fromArray(FLOATS, y, y2 + LANES)).intoArray(y, y2 + LANES);
    a3.add(FloatVector.fromArray(FLOATS, y, y3)).intoArray(y, y3);
    b3.add(FloatVector.fromArray(FLOATS, y, y3 + LANES)).intoArray(y, y3 + LANES);
    a4.add(FloatVector.fromArray(FLOATS, y, y4)).intoArray(y, y4);
    b4.add(FloatVector.fromArray(FLOATS, y, y4 + LANES)).intoArray(y, y4 + LANES);
    a5.add(FloatVector.fromArray(FLOATS, y, y5)).intoArray(y, y5);
    b5.add(FloatVector.fromArray(FLOATS, y, y5 + LANES)).intoArray(y, y5 + LANES);
  }
}
