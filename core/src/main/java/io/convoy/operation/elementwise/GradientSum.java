package io.convoy.operation.elementwise;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Tensor;

/**
 * Where several layers read one activation: what the gradient by a later one adds to those before.
 */
public final class GradientSum {
  private final RowBlocks blocks;

  /**
   * @param part what is added
   * @param total what it is added to, of the same shape
   */
  public GradientSum(Tensor part, Tensor total, Kernels kernels, WorkPool pool) {
    blocks =
        RowBlocks.elementwise(
            pool,
            (n, h, length, thread) ->
                kernels
                    .rows()
                    .add(part.data(), part.at(n, h, 0), total.data(), total.at(n, h, 0), length),
            part,
            total);
  }

  /** Adds the parts of so many samples. */
  public void run(int samples) {
    blocks.run(samples);
  }
}
