package io.convoy.launcher.progress;

import io.convoy.train.StepReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The figures of a training as it goes. Loss and accuracy are means over the images of the last
 * {@value #WINDOW} steps: those of one batch jump too much to be read. Speed and time left follow
 * from all steps that this process has seen, so a segment whose steps are reported all at once does
 * not make them jump.
 */
final class Figures {
  /** Steps that loss and accuracy are smoothed over. */
  static final int WINDOW = 20;

  private final Deque<StepReport> window = new ArrayDeque<>();
  private final long total;
  private final long stepsPerEpoch;
  private final long startNanos;
  private long step;
  private long steps;
  private long images;
  private double lossSum;
  private long correct;
  private long windowImages;

  /**
   * A training that begins, or goes on.
   *
   * @param from steps done before
   * @param total steps at the end
   * @param stepsPerEpoch at least 1
   * @param nanos the clock now
   */
  Figures(long from, long total, long stepsPerEpoch, long nanos) {
    this.step = from;
    this.total = total;
    this.stepsPerEpoch = stepsPerEpoch;
    this.startNanos = nanos;
  }

  void add(StepReport report) {
    step = report.step();
    steps++;
    images += report.samples();
    count(report, 1);
    window.addLast(report);
    if (window.size() > WINDOW) {
      count(window.removeFirst(), -1);
    }
  }

  private void count(StepReport report, int sign) {
    lossSum += sign * report.loss() * report.samples();
    correct += (long) sign * report.correct();
    windowImages += (long) sign * report.samples();
  }

  long step() {
    return step;
  }

  long total() {
    return total;
  }

  boolean isEmpty() {
    return window.isEmpty();
  }

  double loss() {
    return lossSum / windowImages;
  }

  double accuracy() {
    return (double) correct / windowImages;
  }

  double imagesPerSecond(long nanos) {
    return images / seconds(nanos);
  }

  /** Seconds to the last step, at the speed so far. */
  double secondsLeft(long nanos) {
    return (total - step) * seconds(nanos) / steps;
  }

  private double seconds(long nanos) {
    return Math.max(1, nanos - startNanos) / 1e9;
  }

  /** {@code epoch 2/3}: the epoch of the last step. */
  String epoch() {
    long epochs = (total + stepsPerEpoch - 1) / stepsPerEpoch;
    long current = Math.max(1, (step + stepsPerEpoch - 1) / stepsPerEpoch);
    return "epoch %d/%d".formatted(current, epochs);
  }

  /** {@code loss 0.4321, accuracy 87.6 %, 1,534 images/s}; empty before the first step. */
  String text(long nanos) {
    return isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "loss %.4f, accuracy %.1f %%, %,.0f images/s",
            loss(),
            100 * accuracy(),
            imagesPerSecond(nanos));
  }

  /** {@code 0:07}, {@code 12:07} or {@code 1:02:07}: minutes and seconds, hours where there are. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60);
  }
}
