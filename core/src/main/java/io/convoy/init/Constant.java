package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;
import java.util.Arrays;

/**
 * The same value everywhere.
 *
 * @param value finite
 */
public record Constant(double value) implements Initializer {
  static final String TYPE = "constant";

  public Constant {
    if (!Float.isFinite((float) value)) {
      throw ConvoyException.usage("constant: value must be a finite float; got %s", value);
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
    Arrays.fill(values, offset, offset + length, (float) value);
  }
}
