package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;

/**
 * Gradients of weights that are summed in pieces: where weights are few, threads share out the
 * pixels instead. How many pieces there are follows from the shape and the number of samples, and
 * they are added in order.
 */
final class GradientParts {
  private final int length;
  private final Kernels kernels;
  private final WorkPool pool;
  private final float[][] others;
  private final WorkPool.Block sum = this::sum;
  private float[] target;
  private int offset;
  private int pieces;

  /**
   * @param most pieces at the most; less than 1 counts as 1
   * @param length floats of the gradient
   */
  GradientParts(int most, int length, Kernels kernels, WorkPool pool, Arena arena) {
    this.length = length;
    this.kernels = kernels;
    this.pool = pool;
    others = arena.floats(Math.max(1, most) - 1, length);
  }

  /**
   * Begins a sum of some chunks.
   *
   * @return into how many pieces they are cut
   */
  int begin(int chunks, float[] target, int offset) {
    this.target = target;
    this.offset = offset;
    pieces = Math.min(others.length + 1, chunks);
    return pieces;
  }

  /** Where a piece goes. */
  float[] array(int piece) {
    return piece == 0 ? target : others[piece - 1];
  }

  int offset(int piece) {
    return piece == 0 ? offset : 0;
  }

  /** Adds the pieces. */
  void finish() {
    if (pieces > 1) {
      pool.run(pool.threads(), sum);
    }
  }

  private void sum(int index, int thread) {
    int from = (int) ((long) index * length / pool.threads());
    int until = (int) ((long) (index + 1) * length / pool.threads());
    for (int piece = 1; piece < pieces; piece++) {
      kernels.rows().add(others[piece - 1], from, target, offset + from, until - from);
    }
  }
}
