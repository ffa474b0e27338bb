package io.convoy.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.ChannelSums;
import io.convoy.error.ConvoyException;
import java.math.BigInteger;
import java.util.List;

/**
 * The sums of all pixels, as a packed set describes them: whole numbers that may pass 2^53, so in
 * decimal text.
 *
 * @param pixels of all images together
 * @param sums of each channel's values, 0 to 255
 * @param squares sums of each channel's squared values
 */
public record PackedSums(
    @JsonProperty(required = true) String pixels,
    @JsonProperty(required = true) List<String> sums,
    @JsonProperty(required = true) List<String> squares) {
  public PackedSums {
    sums = List.copyOf(sums);
    squares = List.copyOf(squares);
  }

  static PackedSums of(ChannelSums sums) {
    return new PackedSums(
        Long.toString(sums.pixels()),
        sums.sums().stream().map(BigInteger::toString).toList(),
        sums.squares().stream().map(BigInteger::toString).toList());
  }

  /** As numbers. */
  ChannelSums numbers() {
    try {
      return new ChannelSums(
          Long.parseLong(pixels),
          sums.stream().map(BigInteger::new).toList(),
          squares.stream().map(BigInteger::new).toList());
    } catch (IllegalArgumentException e) {
      throw ConvoyException.data(
          "sums of pixels are whole numbers, one and a square a channel; got %s", this);
    }
  }
}
