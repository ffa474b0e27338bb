package io.convoy.kernel;

/**
 * Where the windows of a depthwise convolution lie: rows of windows over an array x, and for each
 * window a pixel of an array y. All distances are in floats.
 *
 * @param offsets where each tap, a pixel of the window, lies: in floats from the window's start, in
 *     the order of the sum
 * @param xStep from one window to the next
 * @param xRowStep from one row of windows to the next
 * @param yStep from one pixel of y to the next
 * @param yRowStep from one row of y to the next
 * @param pixels windows of a row, at least 1
 * @param channels channels of a pixel, at least 1
 */
public record DepthwiseWindows(
    int[] offsets, int xStep, int xRowStep, int yStep, int yRowStep, int pixels, int channels) {
  private static final int LINE = 16;

  public int taps() {
    return offsets.length;
  }

  /** Floats from one tap's weights to the next tap's: the channels in whole cache lines. */
  public int pitch() {
    return pitch(channels);
  }

  /** {@link #pitch()} for so many channels. */
  public static int pitch(int channels) {
    return (channels + LINE - 1) / LINE * LINE;
  }

  /** From one row of taps to the next, where the window {@linkplain #isGrid is a grid}. */
  public int tapRowStep(int width) {
    return width < offsets.length ? offsets[width] - offsets[0] : 0;
  }

  /**
   * Whether the taps are a grid: rows at a constant distance, and the pixels of a row side by side.
   */
  public boolean isGrid(int height, int width) {
    if (offsets.length != height * width) {
      return false;
    }
    for (int tap = 0; tap < offsets.length; tap++) {
      int inGrid = tap / width * tapRowStep(width) + tap % width * channels;
      if (offsets[tap] != offsets[0] + inGrid) {
        return false;
      }
    }
    return true;
  }
}
