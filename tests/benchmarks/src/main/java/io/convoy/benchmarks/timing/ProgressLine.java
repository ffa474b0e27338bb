package io.convoy.benchmarks.timing;

import java.util.Locale;

/**
 * What is being measured, on a terminal's last line, where {@code -Dconvoy.progress=bar} says that
 * there is one.
 */
public final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 100;

  private final boolean visible = System.getProperty("convoy.progress", "").equals("bar");
  private final int total;
  private final long start = System.nanoTime();
  private int done;

  /**
   * @param total how often {@link #next} will be called
   */
  public ProgressLine(int total) {
    this.total = total;
  }

  /** Tells what comes now. */
  public void next(String what) {
    done++;
    if (visible) {
      String line = "[%s of %s] %s%s".formatted(done, total, what, left());
      System.err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
    }
  }

  /** The time that the rest takes, if it goes on as up to here. */
  private String left() {
    double each = (System.nanoTime() - start) / 1e9 / Math.max(1, done - 1);
    long seconds = Math.round(each * (total - done + 1));
    return done == 1
        ? ""
        : String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60);
  }

  /** Makes room for a line of results. */
  public void clear() {
    if (visible) {
      System.err.print("\r" + " ".repeat(WIDTH) + "\r");
    }
  }

  @Override
  public void close() {
    clear();
  }
}
