package io.convoy.kernel;

/**
 * The inner loops that are worth vector registers, as a contract that every provider meets bit for
 * bit: each output is its own sum, its terms are added one after the other in ascending k with
 * fused multiply-add, starting from zero; what is already in memory is added last.
 *
 * <p>A <em>panel</em> holds {@link #panelWidth()} output columns side by side, {@code
 * panel[k][width]}; columns past the last output are zero. The width follows the registers of the
 * machine and has no part in any result.
 *
 * <p>Implementations hold no state and are called from many threads.
 */
public interface Kernels {
  /** "scalar" or "simd". */
  String name();

  /** Floats in a vector register; 1 for scalar. */
  int lanes();

  /** Output columns of a panel. */
  int panelWidth();

  /** The element-wise passes of the same provider. */
  RowKernels rows();

  /**
   * Rows times panel, the heart of a convolution: for each i in [0, rows) and j in [0, columns)
   *
   * <pre>
   *   y[yBase + yOffsets[first + i] + j]  =|+=  sum over k in [0, run) of
   *       x[xBase + xOffsets[first + i] + k] * panel[panelStart + k * panelWidth + j]
   * </pre>
   *
   * @param run terms of each sum, contiguous in {@code x}
   * @param x activations; {@code xOffsets} holds the start of each row's run (a pixel's window)
   * @param yOffsets where each row's outputs go
   * @param first the first entry of both tables to use
   * @param rows rows (pixels), at least 1
   * @param columns output columns in use, 1 to {@link #panelWidth()}
   * @param accumulate whether the sum is added to {@code y} (else it replaces it)
   */
  void multiply(
      int run,
      float[] x,
      int xBase,
      int[] xOffsets,
      float[] panel,
      int panelStart,
      float[] y,
      int yBase,
      int[] yOffsets,
      int first,
      int rows,
      int columns,
      boolean accumulate);

  /**
   * The transposed product, for gradients of weights: for each i in [0, rows) and j in [0,
   * panelWidth)
   *
   * <pre>
   *   out[outStart + i * panelWidth + j]  =|+=  sum over k in [0, run) of
   *       x[xStart + k * xStride + i] * panel[panelStart + k * panelWidth + j]
   * </pre>
   *
   * @param run terms of each sum (pixels)
   * @param xStride floats from one pixel's window to the next
   * @param rows rows, contiguous in {@code x} (input channels, or kernel width times channels)
   */
  void correlate(
      int run,
      float[] x,
      int xStart,
      int xStride,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows,
      boolean accumulate);
}
