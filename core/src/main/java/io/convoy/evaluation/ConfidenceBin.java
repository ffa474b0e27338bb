package io.convoy.evaluation;

/**
 * Images whose confidence, the probability of the predicted class, lies in one range. Summed in
 * whole numbers: exact, so that no order of adding has a part in it. A confidence is rounded to a
 * multiple of 2<sup>-32</sup>, once, when it comes in; a long holds the sum of 2<sup>31</sup> - 1.
 *
 * @param images how many
 * @param correct how many of them are predicted as what they are
 * @param confidence the sum of their confidences, in units of 2<sup>-32</sup>
 */
record ConfidenceBin(long images, long correct, long confidence) {
  /** Bins of equal width over [0, 1], as in Guo et al. 2017. */
  static final int COUNT = 15;

  static final ConfidenceBin EMPTY = new ConfidenceBin(0, 0, 0);

  /** The unit of sums. */
  private static final double UNITS = 0x1p32;

  ConfidenceBin {
    if (correct < 0 || correct > images || confidence < 0) {
      throw new IllegalArgumentException(
          "a bin has 0 to all of its images correct, and a confidence: got %s of %s, %s"
              .formatted(correct, images, confidence));
    }
  }

  static ConfidenceBin of(double confidence, boolean correct) {
    return new ConfidenceBin(1, correct ? 1 : 0, (long) Math.rint(confidence * UNITS));
  }

  /**
   * The number of the bin m that a confidence falls into: ((m - 1) / 15, m / 15] for m from 1.
   *
   * @return m - 1
   */
  static int index(double confidence) {
    return Math.min(COUNT, Math.max(1, (int) Math.ceil(confidence * COUNT))) - 1;
  }

  ConfidenceBin plus(ConfidenceBin other) {
    return new ConfidenceBin(
        images + other.images, correct + other.correct, confidence + other.confidence);
  }

  /** The mean confidence; NaN without an image. */
  double meanConfidence() {
    return confidence / UNITS / images;
  }

  /** The share of correct ones; NaN without an image. */
  double accuracy() {
    return (double) correct / images;
  }

  /** How far the sum of confidences is from the number of correct ones. */
  double gap() {
    return Math.abs(correct - confidence / UNITS);
  }
}
