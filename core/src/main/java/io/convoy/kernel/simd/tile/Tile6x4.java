// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.PanelProduct;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** 6 rows by four vectors of columns, 24 sums in registers. See {@link Tiles}. */
@SuppressWarnings("checkstyle:MethodLength") // sums must be local variables
final class Tile6x4 implements PanelProduct {
  private static final int ROWS = 6;
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
    for (int i = 0; i < rows; i += ROWS) {
      int from = addendStart + i * addendStep;
      int to = outStart + i * outStep;
      tile(run, x, xStart + i * ROW, panel, panelStart, addend, from, addendStep, out, to, outStep);
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
    FloatVector c0 = zero;
    FloatVector d0 = zero;
    FloatVector a1 = zero;
    FloatVector b1 = zero;
    FloatVector c1 = zero;
    FloatVector d1 = zero;
    FloatVector a2 = zero;
    FloatVector b2 = zero;
    FloatVector c2 = zero;
    FloatVector d2 = zero;
    FloatVector a3 = zero;
    FloatVector b3 = zero;
    FloatVector c3 = zero;
    FloatVector d3 = zero;
    FloatVector a4 = zero;
    FloatVector b4 = zero;
    FloatVector c4 = zero;
    FloatVector d4 = zero;
    FloatVector a5 = zero;
    FloatVector b5 = zero;
    FloatVector c5 = zero;
    FloatVector d5 = zero;
    for (int k = 0; k < run; k++) {
      int at = xStart + k * TERM;
      int row = panelStart + k * PANEL;
      FloatVector p = FloatVector.fromArray(FLOATS, panel, row);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, row + LANES);
      FloatVector r = FloatVector.fromArray(FLOATS, panel, row + 2 * LANES);
      FloatVector s = FloatVector.fromArray(FLOATS, panel, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      a0 = x0.fma(p, a0);
      b0 = x0.fma(q, b0);
      c0 = x0.fma(r, c0);
      d0 = x0.fma(s, d0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + ROW]);
      a1 = x1.fma(p, a1);
      b1 = x1.fma(q, b1);
      c1 = x1.fma(r, c1);
      d1 = x1.fma(s, d1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2 * ROW]);
      a2 = x2.fma(p, a2);
      b2 = x2.fma(q, b2);
      c2 = x2.fma(r, c2);
      d2 = x2.fma(s, d2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3 * ROW]);
      a3 = x3.fma(p, a3);
      b3 = x3.fma(q, b3);
      c3 = x3.fma(r, c3);
      d3 = x3.fma(s, d3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4 * ROW]);
      a4 = x4.fma(p, a4);
      b4 = x4.fma(q, b4);
      c4 = x4.fma(r, c4);
      d4 = x4.fma(s, d4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[at + 5 * ROW]);
      a5 = x5.fma(p, a5);
      b5 = x5.fma(q, b5);
      c5 = x5.fma(r, c5);
      d5 = x5.fma(s, d5);
    }
    a0.add(FloatVector.fromArray(FLOATS, addend, from)).intoArray(out, to);
    b0.add(FloatVector.fromArray(FLOATS, addend, from + LANES)).intoArray(out, to + LANES);
    c0.add(FloatVector.fromArray(FLOATS, addend, from + 2 * LANES)).intoArray(out, to + 2 * LANES);
    d0.add(FloatVector.fromArray(FLOATS, addend, from + 3 * LANES)).intoArray(out, to + 3 * LANES);
    a1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep)).intoArray(out, to + outStep);
    b1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep + LANES))
        .intoArray(out, to + outStep + LANES);
    c1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep + 2 * LANES))
        .intoArray(out, to + outStep + 2 * LANES);
    d1.add(FloatVector.fromArray(FLOATS, addend, from + addendStep + 3 * LANES))
        .intoArray(out, to + outStep + 3 * LANES);
    a2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep))
        .intoArray(out, to + 2 * outStep);
    b2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep + LANES))
        .intoArray(out, to + 2 * outStep + LANES);
    c2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep + 2 * LANES))
        .intoArray(out, to + 2 * outStep + 2 * LANES);
    d2.add(FloatVector.fromArray(FLOATS, addend, from + 2 * addendStep + 3 * LANES))
        .intoArray(out, to + 2 * outStep + 3 * LANES);
    a3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep))
        .intoArray(out, to + 3 * outStep);
    b3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep + LANES))
        .intoArray(out, to + 3 * outStep + LANES);
    c3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep + 2 * LANES))
        .intoArray(out, to + 3 * outStep + 2 * LANES);
    d3.add(FloatVector.fromArray(FLOATS, addend, from + 3 * addendStep + 3 * LANES))
        .intoArray(out, to + 3 * outStep + 3 * LANES);
    a4.add(FloatVector.fromArray(FLOATS, addend, from + 4 * addendStep))
        .intoArray(out, to + 4 * outStep);
    b4.add(FloatVector.fromArray(FLOATS, addend, from + 4 * addendStep + LANES))
        .intoArray(out, to + 4 * outStep + LANES);
    c4.add(FloatVector.fromArray(FLOATS, addend, from + 4 * addendStep + 2 * LANES))
        .intoArray(out, to + 4 * outStep + 2 * LANES);
    d4.add(FloatVector.fromArray(FLOATS, addend, from + 4 * addendStep + 3 * LANES))
        .intoArray(out, to + 4 * outStep + 3 * LANES);
    a5.add(FloatVector.fromArray(FLOATS, addend, from + 5 * addendStep))
        .intoArray(out, to + 5 * outStep);
    b5.add(FloatVector.fromArray(FLOATS, addend, from + 5 * addendStep + LANES))
        .intoArray(out, to + 5 * outStep + LANES);
    c5.add(FloatVector.fromArray(FLOATS, addend, from + 5 * addendStep + 2 * LANES))
        .intoArray(out, to + 5 * outStep + 2 * LANES);
    d5.add(FloatVector.fromArray(FLOATS, addend, from + 5 * addendStep + 3 * LANES))
        .intoArray(out, to + 5 * outStep + 3 * LANES);
  }
}
