package io.convoy.fault;

import java.util.Arrays;

/**
 * What the steps of a training have shown, one by one, in bounded memory: the last of them as they
 * were, and of all others what detectors ask for.
 */
final class TrainingCurve {
  /** Steps that are kept, and that "recent" means. */
  static final int RECENT = 100;

  /** Steps whose mean loss is compared with others'. */
  static final int SMOOTHED = 50;

  /** Images that an accuracy is counted on, if so few steps have them. */
  private static final int COUNTED = 500;

  private static final int LEAST_COUNTED_STEPS = 10;

  /**
   * A mean loss over some steps.
   *
   * @param step the last of them
   */
  record Mean(double loss, long step) {}

  /**
   * How far the loss rose again.
   *
   * @param from the lowest mean before
   * @param to the highest above it
   */
  record Rise(Mean from, Mean to) {
    double height() {
      return to.loss() - from.loss();
    }
  }

  private final double[] losses = new double[RECENT];
  private final double[] correct = new double[RECENT]; // NaN where they are not counted
  private final long[] samples = new long[RECENT];
  private final double[] seconds = new double[RECENT];
  private final double[] waited = new double[RECENT];
  private final Trend trend = new Trend();
  private long steps;
  private long lastStep;
  private int firstEpoch = -1;
  private int epoch;
  private double first = Double.NaN;
  private Mean lowest;
  private Mean highest;
  private Rise rise;
  private double rate;
  private double highestRate;
  private long stepsAtHighestRate;
  private double lateSeconds;
  private double lateWaited;

  /** A step; the same numbers as in the metrics. */
  void add(
      long step, int ofEpoch, long images, double loss, double right, double at, double[] times) {
    int slot = (int) (steps % RECENT);
    losses[slot] = loss;
    correct[slot] = right;
    samples[slot] = images;
    seconds[slot] = times[0];
    waited[slot] = times[1];
    trend.add(loss);
    first = steps == 0 ? loss : first;
    steps++;
    lastStep = step;
    firstEpoch = firstEpoch < 0 ? ofEpoch : firstEpoch;
    epoch = ofEpoch;
    rate = at;
    if (at > highestRate) {
      highestRate = at;
      stepsAtHighestRate = steps;
    }
    if (steps > RECENT) {
      lateSeconds += times[0];
      lateWaited += times[1];
    }
    if (steps >= SMOOTHED) {
      smooth(new Mean(mean(losses, SMOOTHED), step));
    }
  }

  private void smooth(Mean mean) {
    lowest = lowest == null || mean.loss() < lowest.loss() ? mean : lowest;
    highest = highest == null || mean.loss() > highest.loss() ? mean : highest;
    if (rise == null || mean.loss() - lowest.loss() > rise.height()) {
      rise = new Rise(lowest, mean);
    }
  }

  private double mean(double[] ring, int count) {
    return sum(ring, count) / count;
  }

  private double sum(double[] ring, int count) {
    double sum = 0;
    for (long i = steps - count; i < steps; i++) {
      sum += ring[(int) (i % RECENT)];
    }
    return sum;
  }

  long steps() {
    return steps;
  }

  long lastStep() {
    return lastStep;
  }

  /** Whole epochs that were seen, as far as the numbers tell. */
  int epochs() {
    return firstEpoch < 0 ? 0 : epoch - firstEpoch;
  }

  /** The loss of the first step, before any update that was seen; NaN without a step. */
  double first() {
    return first;
  }

  /** The mean loss of the last {@value #RECENT} steps, or of as many as there are. */
  double recent() {
    return steps == 0 ? Double.NaN : mean(losses, recentSteps());
  }

  int recentSteps() {
    return (int) Math.min(RECENT, steps);
  }

  /** The lowest mean of {@value #SMOOTHED} steps; null before there are so many. */
  Mean lowest() {
    return lowest;
  }

  /** The highest mean of {@value #SMOOTHED} steps; null before there are so many. */
  Mean highest() {
    return highest;
  }

  /** The largest rise of such means; null likewise. */
  Rise rise() {
    return rise;
  }

  /** {@link Trend#slope} of the loss. */
  double slope() {
    return trend.slope();
  }

  /** Whether the rate is past its warm-up, and still at least half of the highest so far. */
  boolean atFullRate() {
    return steps - stepsAtHighestRate >= RECENT && rate >= highestRate / 2;
  }

  /** Whether the rate has not risen for some steps. */
  boolean pastWarmUp() {
    return steps - stepsAtHighestRate >= RECENT;
  }

  double rate() {
    return rate;
  }

  double highestRate() {
    return highestRate;
  }

  /** Images of the last step. */
  long batch() {
    return steps == 0 ? 0 : samples[(int) ((steps - 1) % RECENT)];
  }

  /** The share of images that are right, in as few of the last steps as give a fair count. */
  Accuracy accuracy() {
    double right = 0;
    long images = 0;
    for (int i = 1; i <= recentSteps(); i++) {
      int slot = (int) ((steps - i) % RECENT);
      right += correct[slot];
      images += samples[slot];
      if (images >= COUNTED && i >= LEAST_COUNTED_STEPS) {
        break;
      }
    }
    return images == 0 ? Accuracy.UNKNOWN : new Accuracy(right / images, images);
  }

  /**
   * What part of the steps' time they waited for data: of the recent ones, or of all but the first
   * {@value #RECENT}, whichever is more. 0 as long as there are not as many behind these.
   */
  double waitShare() {
    if (steps < 2 * RECENT) {
      return 0;
    }
    double recent = share(Arrays.stream(waited).sum(), Arrays.stream(seconds).sum());
    return Math.max(recent, share(lateWaited, lateSeconds));
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
