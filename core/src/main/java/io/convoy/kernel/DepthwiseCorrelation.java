package io.convoy.kernel;

/**
 * Sums over {@link DepthwiseWindows}, channel by channel. For row h in [0, rows), pixel p in [0,
 * pixels) and channel c in [0, channels)
 *
 * <pre>
 *   y[yStart + h * yRowStep + p * yStep + c] = bias[biasStart + c] + sum over taps t of
 *       x[xStart + h * xRowStep + p * xStep + offsets[t] + c] * weights[t * pitch + c]
 * </pre>
 *
 * <p>Each sum starts from zero, its terms are added in the order of the taps with fused
 * multiply-add, the bias last.
 */
@FunctionalInterface
public interface DepthwiseCorrelation {
  /**
   * Writes the outputs of some rows of windows.
   *
   * @param rows rows, at least 1
   */
  void correlate(
      float[] x,
      int xStart,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int rows);
}
