package io.convoy.evaluation;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Sums of losses and of their squares, as whole numbers: exact, so that no order of adding has a
 * part in them. A loss is rounded to a multiple of 2<sup>-64</sup> nats, once, when it comes in.
 *
 * @param sum in units of 2<sup>-64</sup>
 * @param squares in units of 2<sup>-128</sup>
 */
record LossSums(BigInteger sum, BigInteger squares) {
  private static final int FRACTION_BITS = 64;

  static final LossSums ZERO = new LossSums(BigInteger.ZERO, BigInteger.ZERO);

  LossSums {
    if (sum.signum() < 0 || squares.signum() < 0) {
      throw new IllegalArgumentException(
          "sums of losses are at least 0: got %s, %s".formatted(sum, squares));
    }
  }

  /**
   * Of one image.
   *
   * @param loss finite, at least 0
   */
  static LossSums of(double loss) {
    double units = Math.rint(Math.scalb(loss, FRACTION_BITS)); // a loss is below 2^129: no overflow
    BigInteger rounded = new BigDecimal(units).toBigIntegerExact();
    return new LossSums(rounded, rounded.multiply(rounded));
  }

  LossSums plus(LossSums other) {
    return new LossSums(sum.add(other.sum), squares.add(other.squares));
  }

  /** The mean over a number of images. */
  double mean(long images) {
    return Math.scalb(sum.doubleValue(), -FRACTION_BITS) / images;
  }

  /**
   * The standard deviation, from the unbiased variance.
   *
   * @param images at least 2
   */
  double deviation(long images) {
    BigInteger n = BigInteger.valueOf(images);
    // n times the sum of squared deviations, by whole numbers: the difference loses nothing
    BigInteger spread = n.multiply(squares).subtract(sum.multiply(sum));
    BigInteger pairs = n.multiply(n.subtract(BigInteger.ONE));
    double variance = Math.scalb(spread.doubleValue(), -2 * FRACTION_BITS) / pairs.doubleValue();
    return Math.sqrt(variance);
  }
}
