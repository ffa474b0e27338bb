package io.convoy.data.augment;

import io.convoy.data.ChannelSums;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Per-channel standardisation: a pixel p of 0 to 255 becomes {@code (p / 255 - mean) / deviation}.
 *
 * @param mean one number a channel, finite, in units of [0, 1]
 * @param deviation one number a channel, finite and above 0, in units of [0, 1]
 */
public record Standardization(float[] mean, float[] deviation) {
  private static final Logger LOG = LoggerFactory.getLogger(Standardization.class);

  /**
   * @throws ConvoyException when the lengths differ or a number is out of its range
   */
  public Standardization {
    if (mean.length == 0 || mean.length != deviation.length) {
      throw ConvoyException.usage(
          "a standardisation has one mean and one deviation a channel; got %d means and %d"
              + " deviations",
          mean.length, deviation.length);
    }
    for (int channel = 0; channel < mean.length; channel++) {
      boolean valid =
          Float.isFinite(mean[channel])
              && Float.isFinite(deviation[channel])
              && deviation[channel] > 0;
      if (!valid) {
        throw ConvoyException.usage(
            "mean is finite, deviation finite and above 0; channel %d has mean %s, deviation %s",
            channel, mean[channel], deviation[channel]);
      }
    }
    mean = mean.clone();
    deviation = deviation.clone();
  }

  /** Over images as they are stored. */
  public static Standardization of(SampleSource source) {
    return of(source, Framing.STORED);
  }

  /**
   * Mean and (population) deviation over all pixels of a source, which is read once unless it knows
   * the sums. These are whole numbers and therefore exact: the result does not depend on any order.
   * A channel that is the same everywhere has no deviation; it gets 1, and a warning is logged.
   *
   * @param framing what is made of each image first
   * @throws ConvoyException when an image cannot be read
   */
  public static Standardization of(SampleSource source, Framing framing) {
    // what a source knows is of images as they are stored
    Optional<ChannelSums> known =
        framing == Framing.STORED ? source.channelSums() : Optional.empty();
    return of(known.orElseGet(() -> sums(source, framing)));
  }

  private static Standardization of(ChannelSums sums) {
    int channels = sums.sums().size();
    float[] mean = new float[channels];
    float[] deviation = new float[channels];
    BigInteger n = BigInteger.valueOf(sums.pixels());
    for (int channel = 0; channel < channels; channel++) {
      BigInteger sum = sums.sums().get(channel);
      // n^2 times the variance, by whole numbers: the difference loses nothing
      BigInteger spread = n.multiply(sums.squares().get(channel)).subtract(sum.multiply(sum));
      mean[channel] = (float) (sum.doubleValue() / (255.0 * sums.pixels()));
      deviation[channel] =
          (float) (StrictMath.sqrt(spread.doubleValue() / n.multiply(n).doubleValue()) / 255.0);
      if (spread.signum() == 0) {
        LOG.warn("channel {} has the same value in every pixel: deviation 1 is used", channel);
        deviation[channel] = 1;
      }
    }
    return new Standardization(mean, deviation);
  }

  private static ChannelSums sums(SampleSource source, Framing framing) {
    List<BigInteger> sums = new ArrayList<>();
    List<BigInteger> squares = new ArrayList<>();
    long pixels = 0;
    for (long[] counts : histogram(source, framing)) {
      pixels = 0;
      BigInteger sum = BigInteger.ZERO;
      BigInteger square = BigInteger.ZERO;
      for (int value = 0; value < 256; value++) {
        BigInteger times = BigInteger.valueOf(counts[value]);
        pixels += counts[value];
        sum = sum.add(times.multiply(BigInteger.valueOf(value)));
        square = square.add(times.multiply(BigInteger.valueOf((long) value * value)));
      }
      sums.add(sum);
      squares.add(square);
    }
    return new ChannelSums(pixels, sums, squares);
  }

  /** Counts of the 256 values by channel. */
  private static long[][] histogram(SampleSource source, Framing framing) {
    long[][] histogram = new long[source.channels()][256];
    Pixels image = new Pixels();
    int atOnce = source.rowGroups().window();
    for (int from = 0; from < source.size(); from += atOnce) {
      int to = from + Math.min(atOnce, source.size() - from);
      try (SampleWindow window = source.open(IntStream.range(from, to).toArray())) {
        for (int row = from; row < to; row++) {
          window.read(row, framing, image);
          count(image, histogram);
        }
      }
    }
    return histogram;
  }

  private static void count(Pixels image, long[][] histogram) {
    byte[] bytes = image.bytes();
    for (int channel = 0; channel < histogram.length; channel++) {
      long[] counts = histogram[channel];
      for (int i = channel; i < image.shape().elements(); i += histogram.length) {
        counts[bytes[i] & 0xFF]++;
      }
    }
  }

  /** The number of channels. */
  public int channels() {
    return mean.length;
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] deviation() {
    return deviation.clone();
  }

  /**
   * The 256 standardised values of each channel, value p of channel c at {@code 256 c + p}: {@code
   * fma(p, scale, shift)} in fp32, with {@code scale = 1 / (255 deviation)} and {@code shift =
   * -mean / deviation} computed in double and rounded once.
   */
  float[] table() {
    float[] table = new float[256 * mean.length];
    IntStream.range(0, mean.length)
        .forEach(
            channel -> {
              float scale = (float) (1 / (255.0 * deviation[channel]));
              float shift = (float) (-(double) mean[channel] / deviation[channel]);
              for (int value = 0; value < 256; value++) {
                table[256 * channel + value] = Math.fma(value, scale, shift);
              }
            });
    return table;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "mean %s, deviation %s".formatted(Arrays.toString(mean), Arrays.toString(deviation));
  }
}
