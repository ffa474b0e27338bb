package io.convoy.operation.correlation;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.RowKernels;

/**
 * Windows as rows at a constant distance, which is how the kernels want them. A window's terms are
 * its taps in order, and the channels of a group in each.
 */
public final class WindowRows {
  private final PixelGrid windows;
  private final int channels;
  private final int terms;
  private final int[] runStarts;
  private final int[] runTerms;
  private final RowKernels kernels;
  private final int lanes;

  /**
   * @param windows where each window starts
   * @param taps where each tap lies, in floats from the start of the window
   * @param columns taps of a row of the window: those of one row may lie side by side
   * @param channels floats of a tap that have a part: the channels of a group
   */
  public WindowRows(PixelGrid windows, int[] taps, int columns, int channels, Kernels kernels) {
    this.windows = windows;
    this.channels = channels;
    this.kernels = kernels.rows();
    this.lanes = kernels.lanes();
    this.terms = taps.length * channels;
    int runs = 0;
    int[] starts = new int[taps.length];
    int[] firstTerms = new int[taps.length + 1];
    for (int tap = 0; tap < taps.length; tap++) {
      if (tap % columns == 0 || taps[tap] != taps[tap - 1] + channels) {
        starts[runs] = taps[tap];
        firstTerms[runs++] = tap * channels;
      }
    }
    firstTerms[runs] = terms;
    runStarts = java.util.Arrays.copyOf(starts, runs);
    runTerms = java.util.Arrays.copyOf(firstTerms, runs + 1);
  }

  /** Terms of a window. */
  public int terms() {
    return terms;
  }

  /** Runs of terms that lie side by side. */
  public int runs() {
    return runStarts.length;
  }

  /** Where a run lies, in floats from the start of the window. */
  public int runStart(int run) {
    return runStarts[run];
  }

  /** The first term of a run; of the number of runs, the number of terms. */
  public int firstTerm(int run) {
    return runTerms[run];
  }

  /**
   * Cuts a sum into slices of about equal length.
   *
   * @param terms terms of the sum, which may be none: it has a slice, too
   * @param longest terms of a slice at the most
   * @return the first term of each slice, and behind them the number of terms
   */
  public static int[] slices(int terms, int longest) {
    int count = Math.max(1, (terms + longest - 1) / longest);
    int[] starts = new int[count + 1];
    for (int slice = 0; slice <= count; slice++) {
      starts[slice] = (int) ((long) slice * terms / count);
    }
    return starts;
  }

  /**
   * Copies terms [from, until) of some windows, to a row each. What a row has beyond them means
   * nothing: short runs are copied in whole vectors, a later run over what is too much of one.
   *
   * @param group the group of channels
   * @param first the first window, in the order of {@link PixelGrid}
   * @param distance floats from one row to the next
   */
  public void pack(
      int from, int until, int group, int first, int count, float[] to, int toStart, int distance) {
    int width = windows.width();
    int firstRun = 0;
    while (firstRun < runStarts.length && runTerms[firstRun + 1] <= from) {
      firstRun++;
    }
    for (int i = 0; i < count; ) {
      int rest = Math.min(count - i, width - (first + i) % width);
      int start = windows.at(first + i) + group * channels;
      int row = toStart + i * distance;
      int run = firstRun;
      for (int term = from; term < until; run++) {
        int end = Math.min(until, runTerms[run + 1]);
        int x = start + runStarts[run] + term - runTerms[run];
        int whole = (end - term + lanes - 1) / lanes * lanes;
        int length = term - from + whole <= distance ? whole : end - term;
        kernels.copyRows(
            windows.data(), x, windows.columnStep(), to, row + term - from, distance, rest, length);
        term = end;
      }
      i += rest;
    }
  }
}
