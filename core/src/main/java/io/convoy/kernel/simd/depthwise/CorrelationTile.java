package io.convoy.kernel.simd.depthwise;

/** Some windows of a {@link io.convoy.kernel.DepthwiseCorrelation}: see {@link DepthwiseTiles}. */
@FunctionalInterface
interface CorrelationTile {
  /**
   * Writes the outputs of a tile, a vector of channels at a time.
   *
   * @param xStart the first window's first tap
   * @param xRowStep from one row of taps to the next, and from one row of windows to the next
   * @param first the first channel
   * @param until where the channels end, after whole vectors from the first on
   */
  void correlate(
      float[] x,
      int xStart,
      int xRowStep,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yRowStep,
      int first,
      int until);
}
