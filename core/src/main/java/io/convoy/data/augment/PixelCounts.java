package io.convoy.data.augment;

import io.convoy.data.ChannelSums;
import io.convoy.data.image.Pixels;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** How often each channel has each of the 256 values. */
final class PixelCounts {
  private final long[][] counts;

  PixelCounts(int channels) {
    counts = new long[channels][256];
  }

  void add(Pixels image) {
    byte[] bytes = image.bytes();
    for (int channel = 0; channel < counts.length; channel++) {
      long[] ofChannel = counts[channel];
      for (int i = channel; i < image.shape().elements(); i += counts.length) {
        ofChannel[bytes[i] & 0xFF]++;
      }
    }
  }

  void add(PixelCounts other) {
    for (int channel = 0; channel < counts.length; channel++) {
      for (int value = 0; value < 256; value++) {
        counts[channel][value] += other.counts[channel][value];
      }
    }
  }

  ChannelSums sums() {
    List<BigInteger> sums = new ArrayList<>();
    List<BigInteger> squares = new ArrayList<>();
    long pixels = 0;
    for (long[] ofChannel : counts) {
      pixels = 0;
      BigInteger sum = BigInteger.ZERO;
      BigInteger square = BigInteger.ZERO;
      for (int value = 0; value < 256; value++) {
        BigInteger times = BigInteger.valueOf(ofChannel[value]);
        pixels += ofChannel[value];
        sum = sum.add(times.multiply(BigInteger.valueOf(value)));
        square = square.add(times.multiply(BigInteger.valueOf((long) value * value)));
      }
      sums.add(sum);
      squares.add(square);
    }
    return new ChannelSums(pixels, sums, squares);
  }
}
