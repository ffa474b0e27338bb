package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;

/**
 * A normal distribution around zero whose values beyond two deviations are drawn again. Its own
 * standard deviation is 0.88 times the one given.
 *
 * <p>Element i takes draw i of the stream's first epoch in which that lies within.
 *
 * @param deviation the standard deviation of what is truncated, above 0
 */
public record TruncatedNormal(double deviation) implements Initializer {
  static final String TYPE = "truncatedNormal";

  private static final double BOUND = 2;

  public TruncatedNormal {
    if (!(deviation > 0 && deviation < Float.MAX_VALUE)) {
      throw ConvoyException.usage("truncatedNormal: deviation must be above 0; got %s", deviation);
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
    for (int i = 0; i < length; i++) {
      values[offset + i] = (float) (deviation * within(i, random));
    }
  }

  private static double within(int i, RandomStream random) {
    double drawn = random.gaussian(i);
    if (Math.abs(drawn) <= BOUND) {
      return drawn;
    }
    for (int epoch = 1; Math.abs(drawn) > BOUND; epoch++) {
      random.at(epoch, 0);
      drawn = random.gaussian(i);
    }
    random.at(0, 0);
    return drawn;
  }
}
