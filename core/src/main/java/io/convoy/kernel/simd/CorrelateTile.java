package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.MultiplyTile.WIDTH;
import static io.convoy.kernel.simd.Species.FLOATS;
import static io.convoy.kernel.simd.Species.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The register tile of {@link io.convoy.kernel.Kernels#correlate}: 6 neighbouring floats of each
 * window by 2 vectors of output columns, written out for the reasons given at {@link MultiplyTile}.
 */
@SuppressWarnings("checkstyle:MethodLength") // accumulators must be local variables
final class CorrelateTile {
  private CorrelateTile() {}

  static void overwrite(
      int run, float[] x, int xStart, int xStride, float[] panel, int start, float[] out, int to) {
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
    int row = xStart;
    for (int k = 0; k < run; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH + LANES);
      FloatVector v0 = FloatVector.broadcast(FLOATS, x[row]);
      a0 = v0.fma(p, a0);
      b0 = v0.fma(q, b0);
      FloatVector v1 = FloatVector.broadcast(FLOATS, x[row + 1]);
      a1 = v1.fma(p, a1);
      b1 = v1.fma(q, b1);
      FloatVector v2 = FloatVector.broadcast(FLOATS, x[row + 2]);
      a2 = v2.fma(p, a2);
      b2 = v2.fma(q, b2);
      FloatVector v3 = FloatVector.broadcast(FLOATS, x[row + 3]);
      a3 = v3.fma(p, a3);
      b3 = v3.fma(q, b3);
      FloatVector v4 = FloatVector.broadcast(FLOATS, x[row + 4]);
      a4 = v4.fma(p, a4);
      b4 = v4.fma(q, b4);
      FloatVector v5 = FloatVector.broadcast(FLOATS, x[row + 5]);
      a5 = v5.fma(p, a5);
      b5 = v5.fma(q, b5);
      row += xStride;
    }
    a0.intoArray(out, to);
    b0.intoArray(out, to + LANES);
    a1.intoArray(out, to + WIDTH);
    b1.intoArray(out, to + WIDTH + LANES);
    a2.intoArray(out, to + 2 * WIDTH);
    b2.intoArray(out, to + 2 * WIDTH + LANES);
    a3.intoArray(out, to + 3 * WIDTH);
    b3.intoArray(out, to + 3 * WIDTH + LANES);
    a4.intoArray(out, to + 4 * WIDTH);
    b4.intoArray(out, to + 4 * WIDTH + LANES);
    a5.intoArray(out, to + 5 * WIDTH);
    b5.intoArray(out, to + 5 * WIDTH + LANES);
  }

  static void accumulate(
      int run, float[] x, int xStart, int xStride, float[] panel, int start, float[] out, int to) {
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
    int row = xStart;
    for (int k = 0; k < run; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, start + k * WIDTH + LANES);
      FloatVector v0 = FloatVector.broadcast(FLOATS, x[row]);
      a0 = v0.fma(p, a0);
      b0 = v0.fma(q, b0);
      FloatVector v1 = FloatVector.broadcast(FLOATS, x[row + 1]);
      a1 = v1.fma(p, a1);
      b1 = v1.fma(q, b1);
      FloatVector v2 = FloatVector.broadcast(FLOATS, x[row + 2]);
      a2 = v2.fma(p, a2);
      b2 = v2.fma(q, b2);
      FloatVector v3 = FloatVector.broadcast(FLOATS, x[row + 3]);
      a3 = v3.fma(p, a3);
      b3 = v3.fma(q, b3);
      FloatVector v4 = FloatVector.broadcast(FLOATS, x[row + 4]);
      a4 = v4.fma(p, a4);
      b4 = v4.fma(q, b4);
      FloatVector v5 = FloatVector.broadcast(FLOATS, x[row + 5]);
      a5 = v5.fma(p, a5);
      b5 = v5.fma(q, b5);
      row += xStride;
    }
    a0.add(FloatVector.fromArray(FLOATS, out, to)).intoArray(out, to);
    b0.add(FloatVector.fromArray(FLOATS, out, to + LANES)).intoArray(out, to + LANES);
    a1.add(FloatVector.fromArray(FLOATS, out, to + WIDTH)).intoArray(out, to + WIDTH);
    b1.add(FloatVector.fromArray(FLOATS, out, to + WIDTH + LANES))
        .intoArray(out, to + WIDTH + LANES);
    a2.add(FloatVector.fromArray(FLOATS, out, to + 2 * WIDTH)).intoArray(out, to + 2 * WIDTH);
    b2.add(FloatVector.fromArray(FLOATS, out, to + 2 * WIDTH + LANES))
        .intoArray(out, to + 2 * WIDTH + LANES);
    a3.add(FloatVector.fromArray(FLOATS, out, to + 3 * WIDTH)).intoArray(out, to + 3 * WIDTH);
    b3.add(FloatVector.fromArray(FLOATS, out, to + 3 * WIDTH + LANES))
        .intoArray(out, to + 3 * WIDTH + LANES);
    a4.add(FloatVector.fromArray(FLOATS, out, to + 4 * WIDTH)).intoArray(out, to + 4 * WIDTH);
    b4.add(FloatVector.fromArray(FLOATS, out, to + 4 * WIDTH + LANES))
        .intoArray(out, to + 4 * WIDTH + LANES);
    a5.add(FloatVector.fromArray(FLOATS, out, to + 5 * WIDTH)).intoArray(out, to + 5 * WIDTH);
    b5.add(FloatVector.fromArray(FLOATS, out, to + 5 * WIDTH + LANES))
        .intoArray(out, to + 5 * WIDTH + LANES);
  }

  /** A single row: for the few that are no whole tile. */
  static void single(
      int run, float[] x, int xStart, int xStride, float[] panel, int start, float[] out, int to) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    int row = xStart;
    for (int k = 0; k < run; k++) {
      FloatVector v = FloatVector.broadcast(FLOATS, x[row]);
      a = v.fma(FloatVector.fromArray(FLOATS, panel, start + k * WIDTH), a);
      b = v.fma(FloatVector.fromArray(FLOATS, panel, start + k * WIDTH + LANES), b);
      row += xStride;
    }
    a.intoArray(out, to);
    b.intoArray(out, to + LANES);
  }
}
