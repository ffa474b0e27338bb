package io.convoy.data;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What mean and deviation of a set's pixels follow from: exact, so that no order of adding has a
 * part in them.
 *
 * @param pixels of all images together, at least 1
 * @param sums of each channel's values, 0 to 255
 * @param squares sums of each channel's squared values
 */
public record ChannelSums(long pixels, List<BigInteger> sums, List<BigInteger> squares) {
  public ChannelSums {
    sums = List.copyOf(sums);
    squares = List.copyOf(squares);
    if (pixels < 1 || sums.isEmpty() || sums.size() != squares.size()) {
      throw new IllegalArgumentException(
          "sums are of a pixel and a channel at least, two each: got %s pixels, %s sums, %s squares"
              .formatted(pixels, sums.size(), squares.size()));
    }
  }

  /** The mean of a channel, in units of [0, 1]. */
  public float mean(int channel) {
    return (float) (sums.get(channel).doubleValue() / (255.0 * pixels));
  }

  /** The population's deviation of a channel, in units of [0, 1]: 0 where all pixels are equal. */
  public float deviation(int channel) {
    BigInteger n = BigInteger.valueOf(pixels);
    BigInteger sum = sums.get(channel);
    // n^2 times the variance, by whole numbers: the difference loses nothing
    BigInteger spread = n.multiply(squares.get(channel)).subtract(sum.multiply(sum));
    return (float) (StrictMath.sqrt(spread.doubleValue() / n.multiply(n).doubleValue()) / 255.0);
  }

  /** The sums of what is left when some of the images are taken away. */
  public ChannelSums minus(ChannelSums some) {
    return new ChannelSums(
        pixels - some.pixels, difference(sums, some.sums), difference(squares, some.squares));
  }

  private static List<BigInteger> difference(List<BigInteger> all, List<BigInteger> some) {
    return IntStream.range(0, all.size())
        .mapToObj(channel -> all.get(channel).subtract(some.get(channel)))
        .toList();
  }
}
