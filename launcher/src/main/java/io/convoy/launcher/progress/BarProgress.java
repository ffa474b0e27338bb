package io.convoy.launcher.progress;

import io.convoy.train.StepReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn again in place, for a terminal. */
final class BarProgress implements Progress {
  private static final int REDRAW_MILLIS = 250;

  /** Overwrites what the bar has left on the line. */
  private static final String BLANK_LINE = "\r" + " ".repeat(79) + "\r";

  private final PrintStream err;
  private final LongSupplier nanoClock;
  private Figures figures;
  private ProgressBar bar;

  /** Asked for by the thread that draws, which must never wait for the one that trains. */
  private volatile Optional<Duration> timeLeft = Optional.empty();

  BarProgress(PrintStream err, LongSupplier nanoClock) {
    this.err = err;
    this.nanoClock = nanoClock;
  }

  @Override
  public synchronized void onStart(long from, long total, long stepsPerEpoch) {
    close();
    figures = new Figures(from, total, stepsPerEpoch);
    bar =
        ProgressBar.builder()
            .setTaskName("training")
            .setInitialMax(total)
            .startsFrom(from, Duration.ZERO)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .setEtaFunction(state -> timeLeft)
            .setConsumer(new ConsoleProgressBarConsumer(err))
            .build();
    bar.setExtraMessage(" " + figures.epoch());
  }

  @Override
  public synchronized void onStep(StepReport report) {
    long now = nanoClock.getAsLong();
    figures.add(report, now);
    OptionalDouble left = figures.secondsLeft(now);
    timeLeft =
        left.isEmpty()
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(Math.round(left.getAsDouble())));
    bar.stepTo(report.step());
    bar.setExtraMessage(" " + figures.epoch() + ", " + figures.text(now));
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
