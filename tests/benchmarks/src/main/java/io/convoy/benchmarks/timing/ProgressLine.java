package io.convoy.benchmarks.timing;

/**
 * What is being measured, on a terminal's last line, where {@code -Dconvoy.progress=bar} says that
 * there is one.
 */
public final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 100;

  private final boolean visible = System.getProperty("convoy.progress", "").equals("bar");
  private final int total;
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
      String line = "[%d of %d] %s".formatted(done, total, what);
      System.err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
    }
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
