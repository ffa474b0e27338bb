package io.convoy.kernel;

/**
 * The gradient of the weights of a {@link DepthwiseCorrelation}, with y the gradient of its
 * outputs. For each tap t and each channel c in [first, until)
 *
 * <pre>
 *   sums[sumsStart + place(c - first, t)] += sum over rows h and pixels p of
 *       x[xStart + h * xRowStep + p * xStep + offsets[t] + c] * dy[dyStart + h * yRowStep + p * yStep + c]
 *
 *   place(c, t) = (c / GROUP * taps + t) * GROUP + c % GROUP
 * </pre>
 *
 * <p>So the sums of all taps lie together for a group of channels: at the distance of the channels,
 * often a power of two, they would be in each other's way in the cache.
 *
 * <p>The order: row by row, each cut from the left into runs of {@value #RUN} pixels. A run's sum
 * starts from zero, its terms are added with fused multiply-add, and it is added to what stands in
 * {@code sums}. Pixels that are left over are added to that one by one, with fused multiply-add.
 */
@FunctionalInterface
public interface DepthwiseGradient {
  /** Pixels that are summed by themselves first; it divides the usual widths, 7 to 224. */
  int RUN = 7;

  /** Channels whose sums lie side by side. */
  int GROUP = 16;

  /** Floats that may be read behind the last channel of x and of dy. */
  int SPARE = GROUP - 1;

  /**
   * Adds the sums over some rows of windows. Sums of channels from {@code until} to the next
   * multiple of {@link #GROUP} may be written, too, and mean nothing.
   *
   * @param rows rows, at least 1
   * @param first a multiple of {@link #GROUP}
   * @param until a multiple of {@link #GROUP}, or the number of channels
   */
  void accumulate(
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int rows,
      int first,
      int until);

  /** Floats of the sums of so many taps and channels, in whole groups. */
  static int sumFloats(int taps, int channels) {
    return (channels + GROUP - 1) / GROUP * GROUP * taps;
  }
}
