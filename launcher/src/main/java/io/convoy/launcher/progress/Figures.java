package io.convoy.launcher.progress;

import io.convoy.train.StepReport;
import io.convoy.trainer.TrainingReporter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The figures of a training as it goes. Loss and accuracy are means over the images of the last
 * {@value #WINDOW} steps: those of one batch jump too much to be read. Speed, time left and the
 * time that steps wait for data follow from all steps after the first one that this process has
 * seen, or has seen since a segment was lost: the first waits for executors to start and for code
 * to be compiled, and a segment whose steps are reported all at once must not make them jump.
 */
final class Figures {
  /** Steps that loss and accuracy are smoothed over. */
  static final int WINDOW = 20;

  /** Seconds that have to pass before a speed is told. */
  private static final double SETTLED = 0.5;

  private final Deque<StepReport> window = new ArrayDeque<>();
  private final long total;
  private final long stepsPerEpoch;
  private long step;
  private boolean started;
  private long firstNanos;
  private long steps;
  private long images;
  private double stepSeconds;
  private double dataWaitSeconds;
  private double lossSum;
  private long correct;
  private boolean counted;
  private long windowImages;

  /**
   * A training that begins, or goes on.
   *
   * @param from steps done before
   * @param total steps at the end
   * @param stepsPerEpoch at least 1
   */
  Figures(long from, long total, long stepsPerEpoch) {
    this.step = from;
    this.total = total;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /**
   * A step is done.
   *
   * @param nanos the clock now
   */
  void add(StepReport report, long nanos) {
    step = report.step();
    if (started) {
      steps++;
      images += report.samples();
      stepSeconds += report.seconds();
      dataWaitSeconds += report.dataWaitSeconds();
    } else {
      started = true;
      firstNanos = nanos;
    }
    count(report, 1);
    window.addLast(report);
    if (window.size() > WINDOW) {
      count(window.removeFirst(), -1);
    }
  }

  /**
   * A segment was lost: its steps will be reported again, and until then no step is done.
   *
   * @param kept the last step that stays
   */
  void restart(long kept) {
    step = kept;
    while (!window.isEmpty() && window.getLast().step() > kept) {
      count(window.removeLast(), -1);
    }
    started = false;
    steps = 0;
    images = 0;
    stepSeconds = 0;
    dataWaitSeconds = 0;
  }

  private void count(StepReport report, int sign) {
    lossSum += sign * report.loss() * report.samples();
    correct += report.correct() == null ? 0 : (long) sign * report.correct();
    counted = report.correct() != null;
    windowImages += (long) sign * report.samples();
  }

  long step() {
    return step;
  }

  long total() {
    return total;
  }

  double loss() {
    return lossSum / windowImages;
  }

  double accuracy() {
    return (double) correct / windowImages;
  }

  /** Images a second; empty while too little is known. */
  OptionalDouble imagesPerSecond(long nanos) {
    return isSettled(nanos) ? OptionalDouble.of(images / seconds(nanos)) : OptionalDouble.empty();
  }

  /** Seconds to the last step, at the speed so far; empty while too little is known. */
  OptionalDouble secondsLeft(long nanos) {
    return isSettled(nanos)
        ? OptionalDouble.of((total - step) * seconds(nanos) / steps)
        : OptionalDouble.empty();
  }

  private boolean isSettled(long nanos) {
    return steps > 0 && seconds(nanos) >= SETTLED;
  }

  private double seconds(long nanos) {
    return (nanos - firstNanos) / 1e9;
  }

  /** {@code epoch 2/3}: the epoch of the last step. */
  String epoch() {
    long epochs = (total + stepsPerEpoch - 1) / stepsPerEpoch;
    long current = Math.max(1, (step + stepsPerEpoch - 1) / stepsPerEpoch);
    return "epoch %s/%s".formatted(current, epochs);
  }

  /**
   * {@code loss 0.4321, accuracy 87.6 %, 1,534 images/s, data wait 12 %}; without a speed while
   * there is none, without an accuracy where the loss counts none, and without a wait that is not
   * worth telling.
   */
  String text(long nanos) {
    String loss = String.format(Locale.ROOT, "loss %.4f", loss());
    String text =
        counted ? loss + String.format(Locale.ROOT, ", accuracy %.1f %%", 100 * accuracy()) : loss;
    OptionalDouble speed = imagesPerSecond(nanos);
    return speed.isEmpty()
        ? text
        : text
            + String.format(Locale.ROOT, ", %,.0f images/s", speed.getAsDouble())
            + DataWait.whileTraining(dataWaitSeconds, stepSeconds);
  }

  /** {@code 12:07}, as trainings have it everywhere. */
  static String time(double seconds) {
    return TrainingReporter.time(seconds);
  }
}
