// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.PanelUpdate;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Four terms of two vectors of columns stay in registers, the rows go by. See {@link Updates}. */
final class Update4x2 implements PanelUpdate {
  private static final int RUN = 4;
  private static final int PANEL = Updates.panelStep(MethodHandles.lookup());
  private static final int OUT = Updates.outStep(MethodHandles.lookup());

  @Override
  public void update(
      int terms,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows,
      int columns) {
    int k = 0;
    for (; k + RUN <= terms; k += RUN) {
      int from = panelStart + k * PANEL;
      for (int j = 0; j < columns; j += 2 * LANES) {
        run(x, xStart + k, panel, from + j, out, outStart + j, rows);
      }
    }
    for (; k < terms; k++) {
      int from = panelStart + k * PANEL;
      for (int j = 0; j < columns; j += 2 * LANES) {
        term(x, xStart + k, panel, from + j, out, outStart + j, rows);
      }
    }
  }

  private static void run(
      float[] x, int xStart, float[] panel, int panelStart, float[] out, int outStart, int rows) {
    FloatVector p0 = FloatVector.fromArray(FLOATS, panel, panelStart);
    FloatVector q0 = FloatVector.fromArray(FLOATS, panel, panelStart + LANES);
    FloatVector p1 = FloatVector.fromArray(FLOATS, panel, panelStart + PANEL);
    FloatVector q1 = FloatVector.fromArray(FLOATS, panel, panelStart + PANEL + LANES);
    FloatVector p2 = FloatVector.fromArray(FLOATS, panel, panelStart + 2 * PANEL);
    FloatVector q2 = FloatVector.fromArray(FLOATS, panel, panelStart + 2 * PANEL + LANES);
    FloatVector p3 = FloatVector.fromArray(FLOATS, panel, panelStart + 3 * PANEL);
    FloatVector q3 = FloatVector.fromArray(FLOATS, panel, panelStart + 3 * PANEL + LANES);
    for (int i = 0; i < rows; i++) {
      int at = xStart + i * TERMS;
      int to = outStart + i * OUT;
      FloatVector a = FloatVector.fromArray(FLOATS, out, to);
      FloatVector b = FloatVector.fromArray(FLOATS, out, to + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      a = x0.fma(p0, a);
      b = x0.fma(q0, b);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
      a = x1.fma(p1, a);
      b = x1.fma(q1, b);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
      a = x2.fma(p2, a);
      b = x2.fma(q2, b);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
      a = x3.fma(p3, a);
      b = x3.fma(q3, b);
      a.intoArray(out, to);
      b.intoArray(out, to + LANES);
    }
  }

  private static void term(
      float[] x, int xStart, float[] panel, int panelStart, float[] out, int outStart, int rows) {
    FloatVector p = FloatVector.fromArray(FLOATS, panel, panelStart);
    FloatVector q = FloatVector.fromArray(FLOATS, panel, panelStart + LANES);
    for (int i = 0; i < rows; i++) {
      int to = outStart + i * OUT;
      FloatVector factor = FloatVector.broadcast(FLOATS, x[xStart + i * TERMS]);
      factor.fma(p, FloatVector.fromArray(FLOATS, out, to)).intoArray(out, to);
      FloatVector right = FloatVector.fromArray(FLOATS, out, to + LANES);
      factor.fma(q, right).intoArray(out, to + LANES);
    }
  }
}
