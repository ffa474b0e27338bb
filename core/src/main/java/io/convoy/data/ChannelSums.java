package io.convoy.data;

import java.math.BigInteger;
import java.util.List;

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
}
