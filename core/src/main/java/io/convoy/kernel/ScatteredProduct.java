package io.convoy.kernel;

/**
 * Rows times a panel whose terms lie anywhere: a {@link PanelProduct} with tables in place of
 * constant distances between terms. It is for windows of few channels, which are read where they
 * are: neither the taps of a window nor the pixels of a gradient lie at one distance where they
 * pass the end of a row. For each row i in [0, rows) and column j in [0, width)
 *
 * <pre>
 *   out[outStart + i * outStep + j]  =  addend[addendStart + i * addendStep + j]
 *       +  sum over k in [0, run) of
 *            x[xStart + xOffsets[k] + i * rowStep] * panel[panelStart + panelOffset(k) + j]
 *
 *   panelOffset(k) = panelStep > 0 ? k * panelStep : panelOffsets[k]
 * </pre>
 *
 * <p>Each sum starts from zero, its terms are added in ascending k with fused multiply-add, and the
 * addend comes last. Where {@link #wholeRows} does not divide the number of rows, up to {@link
 * #SPARE_ROWS} rows past the last one are read and written, too, and mean nothing.
 */
public interface ScatteredProduct {
  /** Rows past the last one that may be read of x and written of out. */
  int SPARE_ROWS = 4;

  /** The largest of all {@link #wholeRows}. */
  int MOST_WHOLE_ROWS = 9;

  /** Of a multiple of so many rows, none past the last one is read or written. */
  int wholeRows();

  /**
   * Computes the products.
   *
   * @param run terms of each sum
   * @param xOffsets where each term lies, from {@code xStart} on
   * @param panelOffsets where each row of the panel lies, from {@code panelStart} on; not read
   *     where they lie at a constant distance
   * @param rows rows, at least 1
   */
  void multiply(
      int run,
      float[] x,
      int xStart,
      int[] xOffsets,
      float[] panel,
      int panelStart,
      int[] panelOffsets,
      float[] addend,
      int addendStart,
      int addendStep,
      float[] out,
      int outStart,
      int outStep,
      int rows);
}
