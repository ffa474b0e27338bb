package io.convoy.kernel;

/**
 * Rows times a panel: the heart of convolutions and dense layers, forward and backward. A panel
 * holds some output columns side by side. For each row i in [0, rows) and column j in [0, width)
 *
 * <pre>
 *   out[outStart + i * outStep + j]  =  addend[addendStart + i * addendStep + j]
 *       +  sum over k in [0, run) of
 *            x[xStart + k * termStep + i * rowStep] * panel[panelStart + k * panelStep + j]
 * </pre>
 *
 * <p>Each sum starts from zero, its terms are added in ascending k with fused multiply-add, and the
 * addend comes last. It may be what stands in {@code out}, or the same for all rows, such as a
 * bias, at step 0.
 *
 * <p>Rows are computed some at a time, a factor of {@link Kernels#WHOLE_ROWS}: where that does not
 * divide the number of rows, up to {@link Kernels#SPARE_ROWS} rows past the last one are read and
 * written, too, and mean nothing.
 */
@FunctionalInterface
public interface PanelProduct {
  /**
   * Computes the products.
   *
   * @param run terms of each sum
   * @param rows rows, at least 1
   */
  void multiply(
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
      int rows);

  /**
   * Rows that are computed at a time, a factor of {@link Kernels#WHOLE_ROWS}: of a multiple of so
   * many, none past the last is read or written. It has no part in any result.
   */
  default int rowsAtOnce() {
    return 1;
  }

  /** Adds the products to what stands in {@code out}. */
  default void accumulate(
      int run,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int outStep,
      int rows) {
    multiply(
        run, x, xStart, panel, panelStart, out, outStart, outStep, out, outStart, outStep, rows);
  }
}
