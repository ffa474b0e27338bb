package io.convoy.ensemble;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A share of samples, with the interval of Wilson (1927) in which the share of all such samples
 * lies at 95 % confidence.
 *
 * @param count from 0 to {@code of}
 * @param of at least 1
 * @param low end of the interval, in [0, 1]
 * @param high end of the interval, in [0, 1]
 */
public record Share(int count, int of, double low, double high) {
  /** What is not known is in the interval with this probability. */
  static final double CONFIDENCE = 0.95;

  /**
   * Works out the interval.
   *
   * @throws ConvoyException of kind USAGE when the counts are out of range
   */
  public static Share of(int count, int of) {
    if (of < 1 || count < 0 || count > of) {
      throw ConvoyException.usage("a share counts some of at least one; got %d of %d", count, of);
    }
    ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(of, count, CONFIDENCE);
    // rounding alone would leave [0, 1] where none or all are counted
    return new Share(
        count,
        of,
        count == 0 ? 0 : wilson.getLowerBound(),
        count == of ? 1 : wilson.getUpperBound());
  }

  /** The share itself, in [0, 1]. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double value() {
    return (double) count / of;
  }
}
