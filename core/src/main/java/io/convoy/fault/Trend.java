package io.convoy.fault;

/**
 * The means of neighbouring steps, in bounded memory: where blocks become too many, each two
 * neighbours become one. Through some of them goes a line, by least squares.
 */
final class Trend {
  /** Blocks at the most; an even number. */
  private static final int BLOCKS = 256;

  /** A line through fewer blocks tells nothing. */
  private static final int LEAST = 16;

  private final double[] sums = new double[BLOCKS];
  private int width = 1;
  private int used; // blocks that are whole
  private int open; // steps of the block behind them

  void add(double value) {
    if (used == BLOCKS) {
      for (int i = 0; i < BLOCKS / 2; i++) {
        sums[i] = sums[2 * i] + sums[2 * i + 1];
      }
      used = BLOCKS / 2;
      width *= 2;
    }
    sums[used] = open == 0 ? value : sums[used] + value;
    if (++open == width) {
      used++;
      open = 0;
    }
  }

  /**
   * Student's t of the slope of the line through the second half of the blocks: by how many of its
   * standard errors it differs from level. NaN where there are too few blocks.
   */
  double slope() {
    int from = used / 2;
    int count = used - from;
    if (count < LEAST) {
      return Double.NaN;
    }
    double meanX = (count - 1) / 2.0;
    double meanY = 0;
    for (int i = 0; i < count; i++) {
      meanY += sums[from + i] / count;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < count; i++) {
      double x = i - meanX;
      double y = sums[from + i] - meanY;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    double slope = xy / xx;
    double rest = Math.max(0, yy - slope * xy); // rounding may leave less than nothing
    return slope == 0 ? 0 : slope / Math.sqrt(rest / (count - 2) / xx);
  }
}
