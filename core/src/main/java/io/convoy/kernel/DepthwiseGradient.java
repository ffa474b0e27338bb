package io.convoy.kernel;

/**
 * The gradient of the weights of a {@link DepthwiseCorrelation}, with y the gradient of its
 * outputs. For each tap t and each channel c in [first, until)
 *
 * <pre>
 *   sums[t * pitch + c] += sum over rows h and pixels p of
 *       x[xStart + h * xRowStep + p * xStep + offsets[t] + c] * dy[dyStart + h * yRowStep + p * yStep + c]
 * </pre>
 *
 * <p>The order: row by row, each cut from the left into runs of {@value #RUN} pixels. A run's sum
 * starts from zero, its terms are added with fused multiply-add, and it is added to what stands in
 * {@code sums}. Pixels that are left over are added to that one by one, with fused multiply-add.
 */
@FunctionalInterface
public interface DepthwiseGradient {
  /** Pixels that are summed by themselves first; it divides the usual widths, 7 to 224. */
  int RUN = 7;

  /** Floats that may be read behind the last channel of x and of dy. */
  int SPARE = 15;

  /**
   * Adds the sums over some rows of windows. Channels from {@code until} to the next multiple of 16
   * may be written, too, and mean nothing.
   *
   * @param rows rows, at least 1
   * @param first a multiple of 16
   * @param until a multiple of 16, or the number of channels
   */
  void accumulate(
      float[] x, int xStart, float[] dy, int dyStart, float[] sums, int rows, int first, int until);
}
