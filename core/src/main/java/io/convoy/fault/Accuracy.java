package io.convoy.fault;

/**
 * A share of images that were right.
 *
 * @param value in [0, 1]; NaN where nobody counted
 * @param images that were looked at; 0 where that is not known
 */
record Accuracy(double value, long images) {
  static final Accuracy UNKNOWN = new Accuracy(Double.NaN, 0);

  /** Standard errors that a difference has to exceed. */
  private static final double ERRORS = 2;

  /** Whether it is below another one by more than a gap, and by more than chance explains. */
  boolean isBelow(Accuracy other, double gap) {
    return other.value - value > gap + ERRORS * Math.sqrt(variance() + other.variance());
  }

  private double variance() {
    return images == 0 ? 0 : value * (1 - value) / images;
  }
}
