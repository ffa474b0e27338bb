package io.convoy.layer;

/**
 * Windows as rows at a constant distance, which is how the kernels want them: a window's terms (its
 * taps in order, the channels of a group in each) are cut into slices of at most {@value #LENGTH},
 * and a slice of some windows is copied into a block that stays in the second-level cache.
 *
 * <p>The slices follow from the shape alone: they fix the order of every sum.
 */
final class WindowRows {
  /** Floats from one row to the next: a slice's part of a weight panel stays close by. */
  static final int LENGTH = 192;

  private final PixelGrid windows;
  private final int channels;
  private final int terms;
  private final int slices;
  private final int[] runStarts;
  private final int[] runTerms;

  /**
   * @param windows where each window starts
   * @param taps where each tap lies, in floats from the start of the window
   * @param channels floats of a tap that have a part: the channels of a group
   */
  WindowRows(PixelGrid windows, int[] taps, int channels) {
    this.windows = windows;
    this.channels = channels;
    this.terms = taps.length * channels;
    this.slices = (terms + LENGTH - 1) / LENGTH;
    int runs = 0;
    int[] starts = new int[taps.length];
    int[] firstTerms = new int[taps.length + 1];
    for (int tap = 0; tap < taps.length; tap++) {
      if (tap == 0 || taps[tap] != taps[tap - 1] + channels) {
        starts[runs] = taps[tap];
        firstTerms[runs++] = tap * channels;
      }
    }
    firstTerms[runs] = terms;
    runStarts = java.util.Arrays.copyOf(starts, runs);
    runTerms = java.util.Arrays.copyOf(firstTerms, runs + 1);
  }

  /** Terms of a window. */
  int terms() {
    return terms;
  }

  int slices() {
    return slices;
  }

  /** The first term of a slice; the slices are equally long, or nearly so. */
  int sliceStart(int slice) {
    return (int) ((long) slice * terms / slices);
  }

  int sliceLength(int slice) {
    return sliceStart(slice + 1) - sliceStart(slice);
  }

  /**
   * Copies a slice of some windows to rows of {@value #LENGTH} floats.
   *
   * @param group the group of channels
   * @param first the first window, in the order of {@link PixelGrid}
   */
  void pack(int slice, int group, int first, int count, float[] to, int toStart) {
    int from = sliceStart(slice);
    int until = sliceStart(slice + 1);
    int run = 0;
    while (runTerms[run + 1] <= from) {
      run++;
    }
    for (int term = from; term < until; run++) {
      int end = Math.min(until, runTerms[run + 1]);
      int offset = runStarts[run] + term - runTerms[run] + group * channels;
      copy(first, count, offset, end - term, to, toStart + term - from);
      term = end;
    }
  }

  private void copy(int first, int count, int offset, int length, float[] to, int toStart) {
    int width = windows.width();
    int step = windows.columnStep();
    int target = toStart;
    for (int i = 0; i < count; ) {
      int column = (first + i) % width;
      int end = Math.min(count, i + width - column);
      int at = windows.at(first + i) + offset;
      for (; i < end; i++) {
        System.arraycopy(windows.data(), at, to, target, length);
        at += step;
        target += LENGTH;
      }
    }
  }
}
