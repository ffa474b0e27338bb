package io.convoy.kernel;

/**
 * Rows of pixels for convolutions that keep every channel by itself, as a contract: lanes go along
 * channels, each sum is one channel's, its terms are added in the order given with fused
 * multiply-add, starting from zero.
 *
 * <p>A tap is a pixel of the window: {@code offsets[t]} floats from the window's start. Windows lie
 * {@code xStep} floats apart, output pixels {@code yStep}.
 */
public interface DepthwiseKernels {
  /**
   * The outputs of a row of windows: for each pixel p in [0, pixels) and channel c in [0, channels)
   *
   * <pre>
   *   y[yStart + p * yStep + c] = bias[biasStart + c] + sum over taps t of
   *       x[xStart + p * xStep + offsets[t] + c] * weights[t * channels + c]
   * </pre>
   */
  void correlate(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yStep,
      int pixels,
      int channels);

  /**
   * The part of a row of windows in the gradient of the weights: for each tap t and channel c
   *
   * <pre>
   *   sums[t * channels + c] += sum over pixels p of
   *       x[xStart + p * xStep + offsets[t] + c] * dy[dyStart + p * dyStep + c]
   * </pre>
   */
  void gradient(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] sums,
      int pixels,
      int channels);
}
