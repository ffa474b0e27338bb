package io.convoy.benchmarks.timing;

import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * What is told of repeated measurements.
 *
 * @param median of all
 * @param lowerQuartile a quarter lies below
 * @param upperQuartile a quarter lies above
 * @param count measurements
 */
public record Spread(double median, double lowerQuartile, double upperQuartile, int count) {
  /**
   * The spread of measurements.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Spread of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a spread needs at least one value");
    }
    Percentile percentile = new Percentile();
    percentile.setData(values);
    return new Spread(
        percentile.evaluate(50), percentile.evaluate(25), percentile.evaluate(75), values.length);
  }

  /** The range of the middle half as a share of the median, in percent. */
  public double percent() {
    return 100 * (upperQuartile - lowerQuartile) / median;
  }
}
