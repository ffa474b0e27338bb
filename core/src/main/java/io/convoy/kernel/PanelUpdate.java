package io.convoy.kernel;

/**
 * Rows times a panel, some terms at a time: sums that are too many for registers are carried on
 * where they stand, while a panel that is read once goes by as it lies in memory. For each row i in
 * [0, rows) and column j in [0, columns), in ascending k from 0 to terms - 1
 *
 * <pre>
 *   out[outStart + i * outStep + j]
 *       =  fma(x[xStart + i * TERMS + k], panel[panelStart + k * panelStep + j], itself)
 * </pre>
 *
 * <p>A sum from zero over many terms, in runs of at most {@value #TERMS}, has the bits of one by
 * {@link PanelProduct} with zero as its addend, but for the sign of a zero.
 */
@FunctionalInterface
public interface PanelUpdate {
  /** Terms at the most, and floats of x from one row to the next. */
  int TERMS = 8;

  /** Columns come in multiples of this. */
  int COLUMNS = 32;

  /**
   * Carries the sums on.
   *
   * @param terms 1 to {@value #TERMS}
   * @param rows rows, at least 1; no other is read or written
   * @param columns a multiple of {@value #COLUMNS}
   */
  void update(
      int terms,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows,
      int columns);
}
