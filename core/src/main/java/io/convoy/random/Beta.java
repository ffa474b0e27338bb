package io.convoy.random;

/**
 * Numbers of the symmetric beta distribution, from two of the gamma distribution by Marsaglia and
 * Tsang ("A Simple Method for Generating Gamma Variables", ACM TOMS 2000), in double precision and
 * StrictMath. It works with logarithms, so that a small alpha gives numbers near 0 and 1, not 0 /
 * 0.
 */
public final class Beta {
  /** Of twenty tries nineteen succeed, so so many fail once in 10^40. */
  private static final int TRIES = 32;

  private Beta() {}

  /**
   * A number in [0, 1].
   *
   * @param alpha above 0, of both sides: 1 makes all numbers as likely
   * @param block takes the bits of the stream at positions from {@code 4 block} to {@code 4 (block
   *     + 1 + 4 * 32) - 1}
   */
  public static double draw(RandomStream stream, double alpha, int block) {
    double one = logGamma(stream, alpha, 4 * block, block + 1);
    double other = logGamma(stream, alpha, 4 * block + 1, block + 1 + 2 * TRIES);
    return 1 / (1 + StrictMath.exp(other - one));
  }

  /** The logarithm of a gamma number; below shape 1 by way of shape + 1. */
  private static double logGamma(RandomStream stream, double shape, int position, int block) {
    if (shape >= 1) {
      return logGammaFromOne(stream, shape, block);
    }
    double lowered = StrictMath.log(uniform(stream, position)) / shape;
    return logGammaFromOne(stream, shape + 1, block) + lowered;
  }

  private static double logGammaFromOne(RandomStream stream, double shape, int block) {
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    for (int at = block; at < block + 2 * TRIES; at += 2) {
      double x = stream.gaussian(at);
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double logV = 3 * StrictMath.log(root);
      double v = root * root * root;
      if (StrictMath.log(uniform(stream, 4 * (at + 1))) < x * x / 2 + d - d * v + d * logV) {
        return StrictMath.log(d) + logV;
      }
    }
    return StrictMath.log(d);
  }

  /** In (0, 1). */
  private static double uniform(RandomStream stream, int position) {
    return ((stream.bits(position) & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
  }
}
