package io.convoy.kernel.simd;

/** Some windows of a {@link io.convoy.kernel.DepthwiseGradient}: see {@link DepthwiseTiles}. */
@FunctionalInterface
interface GradientTile {
  /**
   * Adds a tile's part, a vector of channels at a time.
   *
   * @param xStart the first window's first tap
   * @param xRowStep from one row of taps to the next
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
      int first,
      int until);
}
