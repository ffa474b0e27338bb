package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.ChannelSums;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Takes the mean of each channel away: a pixel p of 0 to 255 becomes {@code p / 255 - mean}.
 *
 * @param mean one finite number a channel, in units of [0, 1]; null for that of the training images
 */
public record ChannelMean(@JsonInclude(JsonInclude.Include.NON_NULL) float[] mean)
    implements Standardization {
  /** That of the training images. */
  public static final ChannelMean MEASURED = new ChannelMean(null);

  /**
   * @throws ConvoyException when a number is out of its range
   */
  public ChannelMean {
    if (mean != null) {
      if (mean.length == 0) {
        throw ConvoyException.usage("standardization.mean has one number a channel; got none");
      }
      for (int channel = 0; channel < mean.length; channel++) {
        if (!Float.isFinite(mean[channel])) {
          throw ConvoyException.usage(
              "standardization.mean is finite; channel %d has %s", channel, mean[channel]);
        }
      }
      mean = mean.clone();
    }
  }

  @Override
  public float[] mean() {
    return mean == null ? null : mean.clone();
  }

  @Override
  public ChannelMean unmeasured() {
    return MEASURED;
  }

  @Override
  public boolean complete() {
    return mean != null;
  }

  @Override
  public ChannelMean measured(TrainingPixels images) {
    if (complete()) {
      return this;
    }
    ChannelSums sums = images.channels();
    float[] means = new float[sums.sums().size()];
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = sums.mean(channel);
    }
    return new ChannelMean(means);
  }

  @Override
  public void requireFits(Shape input) {
    if (mean != null) {
      StandardScore.requireChannels(mean.length, input.channels());
    }
  }

  @Override
  public float[] table(int channels) {
    return ChannelScale.centred(mean).table();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelMean that && Arrays.equals(mean, that.mean);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mean);
  }

  @Override
  public String toString() {
    return mean == null ? "the channels' mean" : "the channels' mean " + Arrays.toString(mean);
  }
}
