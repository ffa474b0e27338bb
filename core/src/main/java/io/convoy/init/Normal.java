package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;

/**
 * A normal distribution around zero whose deviation is given, whatever the fans (Krizhevsky et al.
 * 2012, section 5).
 *
 * @param deviation its standard deviation, above 0
 */
public record Normal(double deviation) implements Initializer {
  static final String TYPE = "normal";

  public Normal {
    if (!(deviation > 0 && deviation < Float.MAX_VALUE)) {
      throw ConvoyException.usage("normal: deviation must be above 0; got %s", deviation);
    }
  }

  /** What tells it from other initializers in JSON. */
  @JsonProperty
  String type() {
    return TYPE;
  }

  @Override
  public void fill(
      float[] values, int offset, int length, long fanIn, long fanOut, RandomStream random) {
    fill(values, offset, length, deviation, random);
  }

  static void fill(float[] values, int offset, int length, double deviation, RandomStream random) {
    for (int i = 0; i < length; i++) {
      values[offset + i] = (float) (deviation * random.gaussian(i));
    }
  }
}
