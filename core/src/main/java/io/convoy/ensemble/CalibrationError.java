package io.convoy.ensemble;

/**
 * The expected calibration error (Naeini et al. 2015; Guo et al. 2017, section 2): how far, on
 * average, the probability of the likeliest class is from how often that class is right, over
 * {@value #BINS} bins of equal width. A bin is open below and closed above.
 */
final class CalibrationError {
  private static final int BINS = 15;

  private final int[] correct = new int[BINS];
  private final double[] confidence = new double[BINS];
  private int samples;

  /**
   * Adds a sample.
   *
   * @param share the probability of its likeliest class, in (0, 1]; rounding may take it above 1
   */
  void add(double share, boolean isCorrect) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(share * BINS) - 1));
    confidence[bin] += share;
    correct[bin] += isCorrect ? 1 : 0;
    samples++;
  }

  /** The error of what was added, at least one sample: in [0, 1]. */
  double value() {
    double distance = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(correct[bin] - confidence[bin]);
    }
    return distance / samples;
  }
}
