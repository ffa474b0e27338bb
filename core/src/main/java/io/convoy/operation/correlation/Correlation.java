package io.convoy.operation.correlation;

import io.convoy.kernel.DepthwiseWindows;

/**
 * A pass of a convolution over some pixels: each output pixel is the sum of its window's taps times
 * their weights.
 *
 * @param from where the windows start
 * @param to the output pixels, as many as windows
 * @param taps which taps of the kernel have a part, {@code kh * kernelWidth + kw}, in the order of
 *     the sum
 * @param offsets where each of these taps lies, in floats from the start of the window
 * @param columns taps of a row of the window
 */
public record Correlation(PixelGrid from, PixelGrid to, int[] taps, int[] offsets, int columns) {
  /**
   * The windows, where every channel is kept by itself.
   *
   * @param outputs the output pixels, or those of their gradient
   */
  public DepthwiseWindows windows(PixelGrid outputs, int channels) {
    return new DepthwiseWindows(
        offsets,
        from.columnStep(),
        from.rowStep(),
        outputs.columnStep(),
        outputs.rowStep(),
        outputs.width(),
        channels);
  }
}
