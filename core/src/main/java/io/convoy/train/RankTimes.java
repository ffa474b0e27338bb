package io.convoy.train;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a rank did in a step until its gradients were there; the rest of the step went to the
 * exchange: to sending, to waiting for slower ranks and to the update.
 *
 * @param compute seconds of loading samples, forward and backward passes, at its own clock
 * @param dataWait seconds that it waited for samples, not counted there
 */
public record RankTimes(double compute, double dataWait) {
  private static final MathContext DIGITS = new MathContext(4);

  /** With as many digits as a clock deserves. */
  static RankTimes rounded(double compute, double dataWait) {
    return new RankTimes(rounded(compute), rounded(dataWait));
  }

  private static double rounded(double seconds) {
    return BigDecimal.valueOf(seconds).round(DIGITS).doubleValue();
  }
}
