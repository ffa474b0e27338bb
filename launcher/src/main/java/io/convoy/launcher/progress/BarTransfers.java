package io.convoy.launcher.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressState;

/**
 * A bar that is drawn again in place, for a terminal.
 *
 * <pre>
 *   train-images-idx3-ubyte.gz [====      ] 12.3 MiB of 25.2 MiB, 3.41 MiB/s, 0:04 left
 * </pre>
 */
final class BarTransfers implements TransferProgress {
  private static final int REDRAW_MILLIS = 250;
  private static final int LENGTH = 20;

  /** Erases what the bar has left on the line (ECMA-48: EL), however wide the terminal is. */
  private static final String BLANK_LINE = "\r\u001b[K";

  private final PrintStream err;
  private ProgressBar bar;

  BarTransfers(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void start(String name, long from, long total, Quantity quantity) {
    close();
    bar =
        ProgressBar.builder()
            .setTaskName(name)
            .setInitialMax(total)
            .startsFrom(from, Duration.ZERO)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setRenderer((state, width) -> render(name, from, quantity, state, width))
            .setConsumer(new ConsoleProgressBarConsumer(err))
            .build();
  }

  private static String render(
      String name, long from, Quantity quantity, ProgressState state, int width) {
    int filled = (int) Math.round(state.getNormalizedProgress() * LENGTH);
    double seconds = state.getElapsedAfterStart().toNanos() / 1e9;
    String drawn =
        "%s [%s%s] %s"
            .formatted(
                name,
                "=".repeat(filled),
                " ".repeat(LENGTH - filled),
                TransferProgress.figures(
                    from, state.getCurrent(), state.getMax(), seconds, quantity));
    return drawn.length() <= width ? drawn : drawn.substring(0, Math.max(0, width));
  }

  @Override
  public synchronized void at(long bytes) {
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  @Override
  public synchronized void say(String line) {
    err.println(BLANK_LINE + line);
    err.flush();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
