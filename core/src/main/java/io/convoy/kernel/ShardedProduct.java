package io.convoy.kernel;

import io.convoy.shard.ShardTree;

/**
 * Rows times a panel over the terms of several shards: each shard's sum by itself, and these along
 * {@link ShardTree}, without a sum going to memory but the last. For a dense layer's gradient,
 * whose terms are samples: of a shard there are few. For each row i in [0, rows) and column j
 *
 * <pre>
 *   out[outStart + i * outStep + j]  =  tree over shards s of
 *       0 + sum over k in [bounds[s], bounds[s + 1]) of
 *             x[xStart + k * WHOLE_ROWS + i] * panel[panelStart + k * panelWidth + j]
 * </pre>
 *
 * <p>The bits are those of a {@link PanelProduct} with zero as its addend for each shard, and sums
 * of these.
 */
@FunctionalInterface
public interface ShardedProduct {
  /** Rows come in multiples of this. */
  int ROWS = 8;

  /** Columns that a provider computes at a time, at the most: two of the widest vectors. */
  int MOST_COLUMNS = 32;

  /**
   * Computes the products for a whole panel, {@link Kernels#panelWidth()} columns.
   *
   * @param shards how many, at least 1
   * @param bounds the first term of each shard, and the number of terms
   * @param waiting {@link #waitingFloats} to work in
   * @param rows a multiple of {@value #ROWS}; no other is read or written
   */
  void multiply(
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
      int rows);

  /** Floats in which sums wait for their right neighbours in the tree. */
  static int waitingFloats(int shards) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(shards)) * ROWS * MOST_COLUMNS;
  }
}
