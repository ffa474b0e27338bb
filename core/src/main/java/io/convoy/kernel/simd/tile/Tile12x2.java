// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.PanelProduct;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * 12 rows by two vectors of columns, 24 sums in registers; the last rows by fours: 64 rows would
 * else be computed as 72, 32 as 36. See {@link Tiles}.
 */
@SuppressWarnings("checkstyle:MethodLength") // sums must be local variables
final class Tile12x2 implements PanelProduct {
  private static final int ROWS = 12;
  private static final int LAST_ROWS = 4;
  private static final int TERM = Tiles.termStep(MethodHandles.lookup());
  private static final int ROW = Tiles.rowStep(MethodHandles.lookup());
  private static final int PANEL = Tiles.panelStep(MethodHandles.lookup());

  @Override
  public int rowsAtOnce() {
    return ROWS;
  }

  @Override
  public void multiply(
      int run,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] addend,
      int addendStart,
      int addendStep,
      float[] out,
      int outStart,
      int outStep,
      int rows) {
    int i = 0;
    for (; rows - i > ROWS - LAST_ROWS; i += ROWS) {
      int from = addendStart + i * addendStep;
      int to = outStart + i * outStep;
      tile(run, x, xStart + i * ROW, panel, panelStart, addend, from, addendStep, out, to, outStep);
    }
    for (; i < rows; i += LAST_ROWS) {
      int from = addendStart + i * addendStep;
      int to = outStart + i * outStep;
      last(run, x, xStart + i * ROW, panel, panelStart, addend, from, addendStep, out, to, outStep);
    }
  }

  private static void tile(
      int run,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] addend,
      int from,
      int addendStep,
      float[] out,
      int to,
      int outStep) {
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
    FloatVector a6 = zero;
    FloatVector b6 = zero;
    FloatVector a7 = zero;
    FloatVector b7 = zero;
    FloatVector a8 = zero;
    FloatVector b8 = zero;
    FloatVector a9 = zero;
    FloatVector b9 = zero;
    FloatVector a10 = zero;
    FloatVector b10 = zero;
    FloatVector a11 = zero;
    FloatVector b11 = zero;
    for (int k = 0; k < run; k++) {
      int at = xStart + k * TERM;
      int row = panelStart + k * PANEL;
      FloatVector p = FloatVector.fromArray(FLOATS, panel, row);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      a0 = x0.fma(p, a0);
      b0 = x0.fma(q, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + ROW]);
      a1 = x1.fma(p, a1);
      b1 = x1.fma(q, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2 * ROW]);
      a2 = x2.fma(p, a2);
      b2 = x2.fma(q, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3 * ROW]);
      a3 = x3.fma(p, a3);
      b3 = x3.fma(q, b3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4 * ROW]);
      a4 = x4.fma(p, a4);
      b4 = x4.fma(q, b4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[at + 5 * ROW]);
      a5 = x5.fma(p, a5);
      b5 = x5.fma(q, b5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[at + 6 * ROW]);
      a6 = x6.fma(p, a6);
      b6 = x6.fma(q, b6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[at + 7 * ROW]);
      a7 = x7.fma(p, a7);
      b7 = x7.fma(q, b7);
      FloatVector x8 = FloatVector.broadcast(FLOATS, x[at + 8 * ROW]);
      a8 = x8.fma(p, a8);
      b8 = x8.fma(q, b8);
      FloatVector x9 = FloatVector.broadcast(FLOATS, x[at + 9 * ROW]);
      a9 = x9.fma(p, a9);
      b9 = x9.fma(q, b9);
      FloatVector x10 = FloatVector.broadcast(FLOATS, x[at + 10 * ROW]);
      a10 = x10.fma(p, a10);
      b10 = x10.fma(q, b10);
      FloatVector x11 = FloatVector.broadcast(FLOATS, x[at + 11 * ROW]);
      a11 = x11.fma(p, a11);
      b11 = x11.fma(q, b11);
    }
    a0.add(FloatVector.fromArray(FLOATS, addend, from)).intoArray(out, to);
    b0.add(FloatVector.fromArray(FLOATS, addend, from + LANES)).intoArray(out, to + LANES);
    a1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep)).intoArray(out, to + outStep);
    b1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep + LANES))
        .intoArray(out, to + outStep + LANES);
    a2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep))
        .intoArray(out, to + 2 * outStep);
    b2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep + LANES))
        .intoArray(out, to + 2 * outStep + LANES);
    a3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep))
        .intoArray(out, to + 3 * outStep);
    b3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep + LANES))
        .intoArray(out, to + 3 * outStep + LANES);
    a4.add(FloatVector.fromArray(FLOATS, addend, from + 4 * addendStep))
        .intoArray(out, to + 4 * outStep);
    b4.add(FloatVector.fromArray(FLOATS, addend, from + 4 * addendStep + LANES))
        .intoArray(out, to + 4 * outStep + LANES);
    a5.add(FloatVector.fromArray(FLOATS, addend, from + 5 * addendStep))
        .intoArray(out, to + 5 * outStep);
    b5.add(FloatVector.fromArray(FLOATS, addend, from + 5 * addendStep + LANES))
        .intoArray(out, to + 5 * outStep + LANES);
    a6.add(FloatVector.fromArray(FLOATS, addend, from + 6 * addendStep))
        .intoArray(out, to + 6 * outStep);
    b6.add(FloatVector.fromArray(FLOATS, addend, from + 6 * addendStep + LANES))
        .intoArray(out, to + 6 * outStep + LANES);
    a7.add(FloatVector.fromArray(FLOATS, addend, from + 7 * addendStep))
        .intoArray(out, to + 7 * outStep);
    b7.add(FloatVector.fromArray(FLOATS, addend, from + 7 * addendStep + LANES))
        .intoArray(out, to + 7 * outStep + LANES);
    a8.add(FloatVector.fromArray(FLOATS, addend, from + 8 * addendStep))
        .intoArray(out, to + 8 * outStep);
    b8.add(FloatVector.fromArray(FLOATS, addend, from + 8 * addendStep + LANES))
        .intoArray(out, to + 8 * outStep + LANES);
    a9.add(FloatVector.fromArray(FLOATS, addend, from + 9 * addendStep))
        .intoArray(out, to + 9 * outStep);
    b9.add(FloatVector.fromArray(FLOATS, addend, from + 9 * addendStep + LANES))
        .intoArray(out, to + 9 * outStep + LANES);
    a10.add(FloatVector.fromArray(FLOATS, addend, from + 10 * addendStep))
        .intoArray(out, to + 10 * outStep);
    b10.add(FloatVector.fromArray(FLOATS, addend, from + 10 * addendStep + LANES))
        .intoArray(out, to + 10 * outStep + LANES);
    a11.add(FloatVector.fromArray(FLOATS, addend, from + 11 * addendStep))
        .intoArray(out, to + 11 * outStep);
    b11.add(FloatVector.fromArray(FLOATS, addend, from + 11 * addendStep + LANES))
        .intoArray(out, to + 11 * outStep + LANES);
  }

  private static void last(
      int run,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] addend,
      int from,
      int addendStep,
      float[] out,
      int to,
      int outStep) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero;
    FloatVector b0 = zero;
    FloatVector a1 = zero;
    FloatVector b1 = zero;
    FloatVector a2 = zero;
    FloatVector b2 = zero;
    FloatVector a3 = zero;
    FloatVector b3 = zero;
    for (int k = 0; k < run; k++) {
      int at = xStart + k * TERM;
      int row = panelStart + k * PANEL;
      FloatVector p = FloatVector.fromArray(FLOATS, panel, row);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      a0 = x0.fma(p, a0);
      b0 = x0.fma(q, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + ROW]);
      a1 = x1.fma(p, a1);
      b1 = x1.fma(q, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2 * ROW]);
      a2 = x2.fma(p, a2);
      b2 = x2.fma(q, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3 * ROW]);
      a3 = x3.fma(p, a3);
      b3 = x3.fma(q, b3);
    }
    a0.add(FloatVector.fromArray(FLOATS, addend, from)).intoArray(out, to);
    b0.add(FloatVector.fromArray(FLOATS, addend, from + LANES)).intoArray(out, to + LANES);
    a1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep)).intoArray(out, to + outStep);
    b1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep + LANES))
        .intoArray(out, to + outStep + LANES);
    a2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep))
        .intoArray(out, to + 2 * outStep);
    b2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep + LANES))
        .intoArray(out, to + 2 * outStep + LANES);
    a3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep))
        .intoArray(out, to + 3 * outStep);
    b3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep + LANES))
        .intoArray(out, to + 3 * outStep + LANES);
  }
}
