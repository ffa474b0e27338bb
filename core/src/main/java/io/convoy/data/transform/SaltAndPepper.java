package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.random.RandomStream;
import java.util.Arrays;

/**
 * Makes some pixels black or white, in all channels: each is changed or left by itself, and is as
 * often black as white.
 *
 * @param share of the pixels, in [0, 1]
 * @param probability in [0, 1]; 1 by default
 */
public record SaltAndPepper(double share, double probability) implements Transform {
  public SaltAndPepper {
    TransformRules.within("saltAndPepper", "share", share, 0, 1);
    TransformRules.probability("saltAndPepper", probability);
  }

  @JsonCreator
  static SaltAndPepper of(
      @JsonProperty(value = "share", required = true) double share,
      @JsonProperty("probability") Double probability) {
    return new SaltAndPepper(share, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (!draws.happens(probability, 0)) {
      return;
    }
    RandomStream noise = draws.noise();
    long bound = (long) (share * (1L << 32));
    byte[] pixels = image.pixels();
    int channels = image.channels();
    for (int pixel = 0; pixel * channels < pixels.length; pixel++) {
      long bits = noise.bits(pixel) & 0xFFFFFFFFL;
      if (bits < bound) {
        byte value = (byte) ((bits & 1) == 0 ? 0 : 255);
        Arrays.fill(pixels, pixel * channels, (pixel + 1) * channels, value);
      }
    }
  }
}
