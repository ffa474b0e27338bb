package io.convoy.launcher.progress;

import io.convoy.train.StepReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * A bar that is drawn again in place, for a terminal. The figures come first: of what the line has
 * room for, the bar gets the rest.
 *
 * <pre>
 *   epoch 1/3 [====      ] loss 0.8123, accuracy 74.3 %, 1,502 images/s, 0:10 left
 * </pre>
 */
final class BarProgress implements Progress {
  private static final int REDRAW_MILLIS = 250;
  private static final int NARROWEST = 4;
  private static final int WIDEST = 40;

  /** Erases what the bar has left on the line (ECMA-48: EL), however wide the terminal is. */
  private static final String BLANK_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final LongSupplier nanoClock;
  private Figures figures;
  private ProgressBar bar;
  private long examinedAt;

  /** Read by the thread that draws, which must never wait for the one that trains. */
  private volatile Line line = new Line("", "");

  /** What stands before the bar, and behind it. */
  private record Line(String before, String after) {}

  BarProgress(PrintStream err, LongSupplier nanoClock) {
    this.err = err;
    this.nanoClock = nanoClock;
  }

  @Override
  public synchronized void onExamination(long done, long total) {
    beforeSteps(done, Progress.examined(done, total));
  }

  @Override
  public synchronized void onMeasuring(long done, long total) {
    beforeSteps(done, Progress.measured(done, total));
  }

  /** In place, as the bar; the next line that is said takes its place. */
  private void beforeSteps(long done, String what) {
    long now = nanoClock.getAsLong();
    if (done == 1 || now - examinedAt >= Duration.ofMillis(REDRAW_MILLIS).toNanos()) {
      examinedAt = now;
      err.print(BLANK_LINE + what);
      err.flush();
    }
  }

  @Override
  public synchronized void onStart(long from, long total, long stepsPerEpoch) {
    close();
    figures = new Figures(from, total, stepsPerEpoch);
    line = new Line(figures.epoch(), "starting");
    bar =
        ProgressBar.builder()
            .setTaskName("training")
            .setInitialMax(total)
            .startsFrom(from, Duration.ZERO)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setRenderer((state, width) -> render(state.getNormalizedProgress(), width))
            .setConsumer(new ConsoleProgressBarConsumer(err))
            .build();
  }

  @Override
  public synchronized void onStep(StepReport report) {
    if (bar == null) {
      return; // an interruption has ended the display before the training
    }
    long now = nanoClock.getAsLong();
    figures.add(report, now);
    OptionalDouble left = figures.secondsLeft(now);
    String time = left.isEmpty() ? "" : ", " + Figures.time(left.getAsDouble()) + " left";
    line = new Line(figures.epoch(), figures.text(now) + time);
    bar.stepTo(report.step());
  }

  @Override
  public synchronized void onRestart(long step, String reason) {
    figures.restart(step);
    line = new Line(figures.epoch(), "starting again");
    bar.stepTo(step);
    Progress.super.onRestart(step, reason);
  }

  /**
   * One line.
   *
   * @param done in [0, 1]
   * @param width columns that there are
   */
  private String render(double done, int width) {
    Line now = line;
    int room = width - now.before().length() - now.after().length() - " [] ".length();
    int length = Math.max(NARROWEST, Math.min(WIDEST, room));
    int filled = (int) Math.round(done * length);
    String drawn =
        now.before() + " [" + "=".repeat(filled) + " ".repeat(length - filled) + "] " + now.after();
    return drawn.length() <= width ? drawn : drawn.substring(0, Math.max(0, width));
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
