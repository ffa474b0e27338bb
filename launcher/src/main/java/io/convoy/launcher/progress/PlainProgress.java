package io.convoy.launcher.progress;

import io.convoy.train.StepReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * A line every few seconds, for logs and pipes.
 *
 * <pre>
 *   epoch 1/3, step 47/282: loss 0.8123, accuracy 74.3 %, 1,502 images/s, 0:10 left
 * </pre>
 */
final class PlainProgress implements Progress {
  private final PrintStream err;
  private final LongSupplier nanoClock;
  private final long interval;
  private Figures figures;
  private long lastLine;
  private boolean lineDue;

  PlainProgress(PrintStream err, LongSupplier nanoClock, Duration interval) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.interval = interval.toNanos();
  }

  @Override
  public synchronized void onExamination(long done, long total) {
    beforeSteps(done, Progress.examined(done, total));
  }

  @Override
  public synchronized void onMeasuring(long done, long total) {
    beforeSteps(done, Progress.measured(done, total));
  }

  private void beforeSteps(long done, String what) {
    long now = nanoClock.getAsLong();
    if (done == 1) {
      lastLine = now;
    }
    if (now - lastLine >= interval) {
      say("data: " + what);
      lastLine = now;
    }
  }

  @Override
  public synchronized void onStart(long from, long total, long stepsPerEpoch) {
    lastLine = nanoClock.getAsLong();
    figures = new Figures(from, total, stepsPerEpoch);
    say(
        "training: steps %s to %s, %s an epoch"
            .formatted(Math.min(from + 1, total), total, stepsPerEpoch));
  }

  @Override
  public synchronized void onStep(StepReport report) {
    long now = nanoClock.getAsLong();
    figures.add(report, now);
    lineDue = true;
    if (now - lastLine >= interval) {
      line(now);
    }
  }

  @Override
  public synchronized void onRestart(long step, String reason) {
    figures.restart(step);
    lineDue = false;
    Progress.super.onRestart(step, reason);
  }

  private void line(long now) {
    OptionalDouble left = figures.secondsLeft(now);
    say(
        "%s, step %s/%s: %s%s"
            .formatted(
                figures.epoch(),
                figures.step(),
                figures.total(),
                figures.text(now),
                left.isEmpty() ? "" : ", " + Figures.time(left.getAsDouble()) + " left"));
    lastLine = now;
    lineDue = false;
  }

  @Override
  public synchronized void say(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public synchronized void close() {
    if (lineDue) {
      line(nanoClock.getAsLong());
    }
  }
}
