package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A figure of the images seen, and where that of all such images lies: in [lower, upper], in {@link
 * #CONFIDENCE} of all cases in which one says so.
 *
 * @param value of the images seen
 * @param lower end of the interval, at most the value; null where there is none
 * @param upper end of the interval, at least the value; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(double value, Double lower, Double upper) {
  /** Of all intervals. */
  public static final double CONFIDENCE = 0.95;

  /** commons-math3 holds the number of trials, and twice as many, in an int. */
  private static final int MOST_TRIALS = 1 << 29;

  public Estimate {
    boolean whole = lower == null && upper == null;
    if (!whole && (lower == null || upper == null || !(lower <= value && value <= upper))) {
      throw new IllegalArgumentException(
          "a value lies in its interval, which has two ends or none: got %s in [%s, %s]"
              .formatted(value, lower, upper));
    }
  }

  /**
   * A share, with its score interval (Wilson 1927).
   *
   * @param all at least 1
   */
  static Estimate share(long some, long all) {
    double value = (double) some / all;
    long times = (all - 1) / MOST_TRIALS + 1; // of so many images, a part says as much
    ConfidenceInterval interval =
        new WilsonScoreInterval()
            .createInterval((int) (all / times), (int) (some / times), CONFIDENCE);
    double lower = Math.max(0, Math.min(value, interval.getLowerBound()));
    double upper = Math.min(1, Math.max(value, interval.getUpperBound()));
    return new Estimate(value, lower, upper);
  }

  /**
   * A mean loss, with the interval of the normal approximation; one image has none.
   *
   * @param images at least 1
   */
  static Estimate mean(LossSums losses, long images) {
    double value = losses.mean(images);
    if (images == 1) {
      return new Estimate(value, null, null);
    }
    double quantile = new NormalDistribution().inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double half = quantile * losses.deviation(images) / Math.sqrt(images);
    return new Estimate(value, Math.max(0, value - half), value + half);
  }
}
