package io.convoy.data.augment;

import java.util.Arrays;

/** One mean and one deviation a channel, in units of [0, 1]. */
record ChannelScale(float[] mean, float[] deviation) {
  /** Mean 0 and deviation 1: p / 255. */
  static ChannelScale unit(int channels) {
    return centred(new float[channels]);
  }

  /** Deviation 1. */
  static ChannelScale centred(float[] mean) {
    float[] ones = new float[mean.length];
    Arrays.fill(ones, 1);
    return new ChannelScale(mean, ones);
  }

  /**
   * The 256 values of each channel, value p of channel c at {@code 256 c + p}: {@code fma(p, scale,
   * shift)} in fp32, with {@code scale = 1 / (255 deviation)} and {@code shift = -mean / deviation}
   * computed in double and rounded once.
   */
  float[] table() {
    float[] table = new float[256 * mean.length];
    for (int channel = 0; channel < mean.length; channel++) {
      float scale = (float) (1 / (255.0 * deviation[channel]));
      float shift = (float) (-(double) mean[channel] / deviation[channel]);
      for (int value = 0; value < 256; value++) {
        table[256 * channel + value] = Math.fma(value, scale, shift);
      }
    }
    return table;
  }
}
