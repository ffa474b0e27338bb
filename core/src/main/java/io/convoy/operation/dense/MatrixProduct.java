package io.convoy.operation.dense;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.direct.DirectConvolution;

/**
 * Products of two matrices, of which the right one is packed as panels of columns.
 *
 * <p>A sum over the terms k is cut into slices of {@link DirectConvolution#SLICE} of them. Each
 * slice is a chain of fused multiply-adds in ascending order from zero; the slices are added to the
 * addend, in their order. Threads share out blocks of the result: they have no part in any bit.
 */
public final class MatrixProduct {
  private static final int ROWS = Kernels.WHOLE_ROWS;
  private static final int SLICE = DirectConvolution.SLICE;

  /** Panels of a block of the result: as many as have their sums in the second cache. */
  private static final int PANELS = 8;

  private final RowKernels kernels;
  private final WorkPool pool;
  private final PanelProduct product;
  private final int width;
  private final float[][] scratch;

  /** Memory of its own is taken once, for each thread of the pool. */
  public MatrixProduct(Kernels kernels, WorkPool pool) {
    this.kernels = kernels.rows();
    this.pool = pool;
    width = kernels.panelWidth();
    product = kernels.product(1, SLICE, width);
    scratch = new float[pool.threads()][(ROWS + Kernels.SPARE_ROWS) * (SLICE + PANELS * width)];
  }

  /** Bytes of its memory. */
  public static long bytes(Kernels kernels, int threads) {
    long row = SLICE + (long) PANELS * kernels.panelWidth();
    return threads * (ROWS + Kernels.SPARE_ROWS) * row * Float.BYTES;
  }

  /** Floats of a matrix of so many rows and columns, packed. */
  public static int packedLength(Kernels kernels, int rows, int columns) {
    int width = kernels.panelWidth();
    return Math.multiplyExact((columns + width - 1) / width * width, rows);
  }

  /**
   * Packs a matrix times a factor.
   *
   * @param x rows x columns, row by row
   * @param panels room for {@link #packedLength} floats
   */
  public void pack(float[] x, int xStart, int rows, int columns, float factor, float[] panels) {
    share(
        columns,
        rows,
        (panel, used) -> {
          int to = panel * width * rows;
          kernels.copyRows(x, xStart + panel * width, columns, panels, to, width, rows, used);
          for (int k = 0; k < rows; k++) {
            for (int j = 0; j < width; j++) {
              int at = to + k * width + j;
              panels[at] = j < used ? factor * panels[at] : 0f;
            }
          }
        });
  }

  /**
   * Packs the transposed of a matrix.
   *
   * @param x columns x rows, row by row: the packed matrix has so many rows and columns
   * @param panels room for {@link #packedLength} floats
   */
  public void packTransposed(float[] x, int xStart, int rows, int columns, float[] panels) {
    share(
        columns,
        rows,
        (panel, used) -> {
          int from = xStart + panel * width * rows;
          int to = panel * width * rows;
          if (used == width) {
            kernels.transpose(x, from, rows, width, panels, to, rows);
            return;
          }
          for (int k = 0; k < rows; k++) {
            for (int j = 0; j < width; j++) {
              panels[to + k * width + j] = j < used ? x[from + j * rows + k] : 0f;
            }
          }
        });
  }

  /** What is done with a panel, of which so many columns are used. */
  @FunctionalInterface
  private interface OnPanel {
    void pack(int panel, int used);
  }

  private void share(int columns, int rows, OnPanel work) {
    pool.run(
        (columns + width - 1) / width,
        (long) rows * columns,
        (panel, thread) -> work.pack(panel, Math.min(width, columns - panel * width)));
  }

  /**
   * Computes {@code out = factor * addend + left * right}.
   *
   * @param left rows x terms, row by row
   * @param panels the right matrix, terms x columns, packed
   * @param addend rows x columns, row by row; may be {@code out}; left out where the factor is 0
   * @param out rows x columns, row by row
   */
  public void multiply(
      float[] left,
      int leftStart,
      int rows,
      int terms,
      float[] panels,
      int columns,
      float factor,
      float[] addend,
      int addendStart,
      float[] out,
      int outStart) {
    int blockColumns = PANELS * width;
    int across = (columns + blockColumns - 1) / blockColumns;
    int down = (rows + ROWS - 1) / ROWS;
    pool.run(
        across * down,
        (long) rows * terms * columns,
        (block, thread) -> {
          int firstRow = block / across * ROWS;
          int firstColumn = block % across * blockColumns;
          int blockRows = Math.min(ROWS, rows - firstRow);
          int blockWidth = Math.min(blockColumns, columns - firstColumn);
          float[] data = scratch[thread];
          int at = firstRow * columns + firstColumn;
          begin(blockRows, blockWidth, columns, factor, addend, addendStart + at, data);
          for (int term = 0; term < terms; term += SLICE) {
            int run = Math.min(SLICE, terms - term);
            int from = leftStart + firstRow * terms + term;
            kernels.copyRows(left, from, terms, data, 0, SLICE, blockRows, run);
            for (int j = 0; j < blockWidth; j += width) {
              int panel = (firstColumn + j) * terms + term * width;
              int sums = sums(j);
              product.accumulate(run, data, 0, panels, panel, data, sums, width, blockRows);
            }
          }
          for (int j = 0; j < blockWidth; j += width) {
            int used = Math.min(width, blockWidth - j);
            int to = outStart + at + j;
            kernels.copyRows(data, sums(j), width, out, to, columns, blockRows, used);
          }
        });
  }

  /** Where the sums of a block's panel lie in a thread's memory, behind the rows that it copies. */
  private int sums(int column) {
    return (ROWS + Kernels.SPARE_ROWS) * (SLICE + column);
  }

  private void begin(
      int rows, int columns, int step, float factor, float[] addend, int start, float[] data) {
    for (int j = 0; j < columns; j += width) {
      int used = factor == 0 ? 0 : Math.min(width, columns - j);
      for (int i = 0; i < rows; i++) {
        int to = sums(j) + i * width;
        for (int c = 0; c < width; c++) {
          data[to + c] = c < used ? factor * addend[start + i * step + j + c] : 0f;
        }
      }
    }
  }
}
