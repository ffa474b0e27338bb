package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;

/**
 * A uniform distribution over [-bound, bound), whatever the fans.
 *
 * @param bound above 0
 */
public record Uniform(double bound) implements Initializer {
  static final String TYPE = "uniform";

  public Uniform {
    if (!(bound > 0 && bound < Float.MAX_VALUE)) {
      throw ConvoyException.usage("uniform: bound must be above 0; got %s", bound);
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
    fill(values, offset, length, (float) bound, random);
  }

  static void fill(float[] values, int offset, int length, float bound, RandomStream random) {
    for (int i = 0; i < length; i++) {
      values[offset + i] = bound * (2 * random.uniform(i) - 1);
    }
  }
}
