package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.ChannelSums;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standardisation by channel, the default: a pixel p of 0 to 255 becomes {@code (p / 255 - mean) /
 * deviation}. Both numbers are given, or both are measured: mean and (population) deviation over
 * all pixels of the training images.
 *
 * @param mean one number a channel, finite, in units of [0, 1]; null where it is to be measured
 * @param deviation one number a channel, finite and above 0, in units of [0, 1]; null likewise
 */
public record StandardScore(
    @JsonInclude(JsonInclude.Include.NON_NULL) float[] mean,
    @JsonInclude(JsonInclude.Include.NON_NULL) float[] deviation)
    implements Standardization {
  /** Those of the training images. */
  public static final StandardScore MEASURED = new StandardScore(null, null);

  private static final Logger LOG = LoggerFactory.getLogger(StandardScore.class);

  /**
   * @throws ConvoyException when one is given without the other, the lengths differ or a number is
   *     out of its range
   */
  public StandardScore {
    if ((mean == null) != (deviation == null)) {
      throw ConvoyException.usage(
          "standardization has both mean and deviation, or neither, which has them measured on the"
              + " training images; got %s alone",
          mean == null ? "deviation" : "mean");
    }
    if (mean != null) {
      requireValid(mean, deviation);
      mean = mean.clone();
      deviation = deviation.clone();
    }
  }

  private static void requireValid(float[] mean, float[] deviation) {
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
  }

  @Override
  public StandardScore unmeasured() {
    return MEASURED;
  }

  @Override
  public boolean complete() {
    return mean != null;
  }

  /** A channel that is the same everywhere has no deviation; it gets 1, and a warning is logged. */
  @Override
  public StandardScore measured(TrainingPixels images) {
    if (complete()) {
      return this;
    }
    ChannelSums sums = images.channels();
    float[] means = new float[sums.sums().size()];
    float[] deviations = new float[means.length];
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = sums.mean(channel);
      deviations[channel] = sums.deviation(channel);
      if (deviations[channel] == 0) {
        LOG.warn("channel {} has the same value in every pixel: deviation 1 is used", channel);
        deviations[channel] = 1;
      }
    }
    return new StandardScore(means, deviations);
  }

  @Override
  public void requireFits(Shape input) {
    if (mean != null) {
      requireChannels(mean.length, input.channels());
    }
  }

  static void requireChannels(int given, int channels) {
    if (given != channels) {
      throw ConvoyException.usage(
          "the standardisation must have the images' channels: it has %d, the images have %d",
          given, channels);
    }
  }

  @Override
  public float[] mean() {
    return mean == null ? null : mean.clone();
  }

  @Override
  public float[] deviation() {
    return deviation == null ? null : deviation.clone();
  }

  @Override
  public float[] table(int channels) {
    return new ChannelScale(mean, deviation).table();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StandardScore that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return mean == null
        ? "the standard score"
        : "mean %s, deviation %s".formatted(Arrays.toString(mean), Arrays.toString(deviation));
  }
}
