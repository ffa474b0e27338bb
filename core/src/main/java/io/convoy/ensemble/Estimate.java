package io.convoy.ensemble;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A mean over samples, with the interval in which the mean over all such samples lies at 95 %
 * confidence: Student's, mean ± t(n - 1) · s / √n.
 *
 * <p>For the difference of two candidates, the values are their differences sample by sample. What
 * is hard about a sample is so for both, and cancels out. A bootstrap of the same differences
 * agrees where there are hundreds of samples, as here; this one draws nothing and passes over them
 * once.
 *
 * @param mean of the samples
 * @param low end of the interval
 * @param high end of the interval
 */
public record Estimate(double mean, double low, double high) {
  /**
   * Works out the interval.
   *
   * @param values finite, at least 2
   */
  static Estimate ofMean(double[] values) {
    if (values.length < 2) {
      throw new IllegalArgumentException("a spread needs 2 values; got " + values.length);
    }
    double mean = StatUtils.mean(values);
    double error = StrictMath.sqrt(StatUtils.variance(values) / values.length);
    double quantile =
        new TDistribution(null, values.length - 1)
            .inverseCumulativeProbability((1 + Share.CONFIDENCE) / 2);
    return new Estimate(mean, mean - quantile * error, mean + quantile * error);
  }
}
