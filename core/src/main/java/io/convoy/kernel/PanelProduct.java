package io.convoy.kernel;

/**
 * Rows times a panel: the heart of convolutions and dense layers, forward and backward. A panel
 * holds some output columns side by side, {@code panel[k][width]}. For each row i in [0, rows) and
 * column j in [0, width)
 *
 * <pre>
 *   out[outStart + i * width + j]  +=  sum over k in [0, run) of
 *       x[xStart + k * termStep + i * rowStep] * panel[panelStart + k * width + j]
 * </pre>
 *
 * <p>Each sum starts from zero, its terms are added in ascending k with fused multiply-add, and
 * what stands in {@code out} is added last.
 *
 * <p>Rows are computed some at a time: up to {@link Kernels#SPARE_ROWS} rows past the last one are
 * read and written, too, and mean nothing.
 */
@FunctionalInterface
public interface PanelProduct {
  /**
   * Adds the products.
   *
   * @param run terms of each sum
   * @param rows rows, at least 1
   */
  void accumulate(
      int run,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows);
}
