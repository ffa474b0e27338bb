// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.ShardedProduct;
import io.convoy.shard.ShardTree;
import jdk.incubator.vector.FloatVector;

/** {@link ShardedProduct}: 8 rows by two vectors of columns at a time, 16 sums in registers. */
@SuppressWarnings("checkstyle:MethodLength") // sums must be local variables
final class SimdShardedProduct implements ShardedProduct {
  private static final int TERM = Kernels.WHOLE_ROWS;
  private static final int PANEL = Tiles.panelVectors() * LANES;
  private static final int SUMS = ROWS * 2 * LANES;

  @Override
  public void multiply(
      int shards,
      int[] bounds,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] waiting,
      int waitingStart,
      float[] out,
      int outStart,
      int outStep,
      int rows) {
    for (int i = 0; i < rows; i += ROWS) {
      for (int j = 0; j < PANEL; j += 2 * LANES) {
        int to = outStart + i * outStep + j;
        tile(
            shards,
            bounds,
            x,
            xStart + i,
            panel,
            panelStart + j,
            waiting,
            waitingStart,
            out,
            to,
            outStep);
      }
    }
  }

  private static void tile(
      int shards,
      int[] bounds,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] waiting,
      int waitingStart,
      float[] out,
      int to,
      int outStep) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int top = waitingStart;
    for (int shard = 0; shard < shards; shard++) {
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
      int until = bounds[shard + 1];
      for (int k = bounds[shard]; k < until; k++) {
        int at = xStart + k * TERM;
        int row = panelStart + k * PANEL;
        FloatVector p = FloatVector.fromArray(FLOATS, panel, row);
        FloatVector q = FloatVector.fromArray(FLOATS, panel, row + LANES);
        FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
        a0 = x0.fma(p, a0);
        b0 = x0.fma(q, b0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
        a1 = x1.fma(p, a1);
        b1 = x1.fma(q, b1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
        a2 = x2.fma(p, a2);
        b2 = x2.fma(q, b2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
        a3 = x3.fma(p, a3);
        b3 = x3.fma(q, b3);
        FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4]);
        a4 = x4.fma(p, a4);
        b4 = x4.fma(q, b4);
        FloatVector x5 = FloatVector.broadcast(FLOATS, x[at + 5]);
        a5 = x5.fma(p, a5);
        b5 = x5.fma(q, b5);
        FloatVector x6 = FloatVector.broadcast(FLOATS, x[at + 6]);
        a6 = x6.fma(p, a6);
        b6 = x6.fma(q, b6);
        FloatVector x7 = FloatVector.broadcast(FLOATS, x[at + 7]);
        a7 = x7.fma(p, a7);
        b7 = x7.fma(q, b7);
      }
      a0 = a0.add(zero);
      b0 = b0.add(zero);
      a1 = a1.add(zero);
      b1 = b1.add(zero);
      a2 = a2.add(zero);
      b2 = b2.add(zero);
      a3 = a3.add(zero);
      b3 = b3.add(zero);
      a4 = a4.add(zero);
      b4 = b4.add(zero);
      a5 = a5.add(zero);
      b5 = b5.add(zero);
      a6 = a6.add(zero);
      b6 = b6.add(zero);
      a7 = a7.add(zero);
      b7 = b7.add(zero);
      for (int merge = ShardTree.merges(shard, shards); merge > 0; merge--) {
        top -= SUMS;
        a0 = FloatVector.fromArray(FLOATS, waiting, top).add(a0);
        b0 = FloatVector.fromArray(FLOATS, waiting, top + LANES).add(b0);
        a1 = FloatVector.fromArray(FLOATS, waiting, top + 2 * LANES).add(a1);
        b1 = FloatVector.fromArray(FLOATS, waiting, top + 3 * LANES).add(b1);
        a2 = FloatVector.fromArray(FLOATS, waiting, top + 4 * LANES).add(a2);
        b2 = FloatVector.fromArray(FLOATS, waiting, top + 5 * LANES).add(b2);
        a3 = FloatVector.fromArray(FLOATS, waiting, top + 6 * LANES).add(a3);
        b3 = FloatVector.fromArray(FLOATS, waiting, top + 7 * LANES).add(b3);
        a4 = FloatVector.fromArray(FLOATS, waiting, top + 8 * LANES).add(a4);
        b4 = FloatVector.fromArray(FLOATS, waiting, top + 9 * LANES).add(b4);
        a5 = FloatVector.fromArray(FLOATS, waiting, top + 10 * LANES).add(a5);
        b5 = FloatVector.fromArray(FLOATS, waiting, top + 11 * LANES).add(b5);
        a6 = FloatVector.fromArray(FLOATS, waiting, top + 12 * LANES).add(a6);
        b6 = FloatVector.fromArray(FLOATS, waiting, top + 13 * LANES).add(b6);
        a7 = FloatVector.fromArray(FLOATS, waiting, top + 14 * LANES).add(a7);
        b7 = FloatVector.fromArray(FLOATS, waiting, top + 15 * LANES).add(b7);
      }
      a0.intoArray(waiting, top);
      b0.intoArray(waiting, top + LANES);
      a1.intoArray(waiting, top + 2 * LANES);
      b1.intoArray(waiting, top + 3 * LANES);
      a2.intoArray(waiting, top + 4 * LANES);
      b2.intoArray(waiting, top + 5 * LANES);
      a3.intoArray(waiting, top + 6 * LANES);
      b3.intoArray(waiting, top + 7 * LANES);
      a4.intoArray(waiting, top + 8 * LANES);
      b4.intoArray(waiting, top + 9 * LANES);
      a5.intoArray(waiting, top + 10 * LANES);
      b5.intoArray(waiting, top + 11 * LANES);
      a6.intoArray(waiting, top + 12 * LANES);
      b6.intoArray(waiting, top + 13 * LANES);
      a7.intoArray(waiting, top + 14 * LANES);
      b7.intoArray(waiting, top + 15 * LANES);
      top += SUMS;
    }
    FloatVector.fromArray(FLOATS, waiting, waitingStart).intoArray(out, to);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + LANES).intoArray(out, to + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 2 * LANES).intoArray(out, to + outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 3 * LANES)
        .intoArray(out, to + outStep + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 4 * LANES)
        .intoArray(out, to + 2 * outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 5 * LANES)
        .intoArray(out, to + 2 * outStep + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 6 * LANES)
        .intoArray(out, to + 3 * outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 7 * LANES)
        .intoArray(out, to + 3 * outStep + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 8 * LANES)
        .intoArray(out, to + 4 * outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 9 * LANES)
        .intoArray(out, to + 4 * outStep + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 10 * LANES)
        .intoArray(out, to + 5 * outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 11 * LANES)
        .intoArray(out, to + 5 * outStep + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 12 * LANES)
        .intoArray(out, to + 6 * outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 13 * LANES)
        .intoArray(out, to + 6 * outStep + LANES);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 14 * LANES)
        .intoArray(out, to + 7 * outStep);
    FloatVector.fromArray(FLOATS, waiting, waitingStart + 15 * LANES)
        .intoArray(out, to + 7 * outStep + LANES);
  }
}
