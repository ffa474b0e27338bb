package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.DepthwiseGradient.GROUP;

import io.convoy.kernel.DepthwiseGradient;

/** Some windows of a {@link DepthwiseGradient}: see {@link DepthwiseTiles}. */
@FunctionalInterface
interface GradientTile {
  /**
   * Adds a tile's part, a vector of channels at a time.
   *
   * @param xStart the first window's first tap
   * @param xRowStep from one row of taps to the next
   * @param sumsStart where the first channel's sums are: nine groups of sixteen for each sixteen
   *     channels
   * @param first the first channel
   * @param until where the channels end
   */
  void add(
      float[] x,
      int xStart,
      int xRowStep,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int first,
      int until);

  /** Where a vector's sums lie from the start, for 3x3 taps: see {@link DepthwiseGradient}. */
  static int place(int channel) {
    return channel / GROUP * (9 * GROUP) + channel % GROUP;
  }
}
