package io.convoy.data.augment;

import io.convoy.data.ChannelSums;
import io.convoy.data.image.Pixels;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How often each channel has each of the 256 values. */
final class PixelCounts {
  private final long[][] counts;

  PixelCounts(int channels) {
    counts = new long[channels][256];
  }

  /** One for each thread. */
  static PixelCounts[] ofThreads(int channels, int threads) {
    return Stream.generate(() -> new PixelCounts(channels))
        .limit(threads)
        .toArray(PixelCounts[]::new);
  }

  /** The sums of all; the first takes the others' counts. */
  static ChannelSums sums(PixelCounts[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[0].add(counts[i]);
    }
    return counts[0].sums();
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

  private void add(PixelCounts other) {
    for (int channel = 0; channel < counts.length; channel++) {
      for (int value = 0; value < 256; value++) {
        counts[channel][value] += other.counts[channel][value];
      }
    }
  }

  private ChannelSums sums() {
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
