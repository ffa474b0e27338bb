package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The hard hyperbolic tangent, {@code y = min(max(x, min), max)} (Collobert 2004), by whose limits
 * a network is also clipped elsewhere; its derivative at the limits is 0. Any shape.
 *
 * @param min -1 by default
 * @param max above min, 1 by default
 */
public record HardTanh(float min, float max) implements Activation {
  public HardTanh {
    if (!(min < max && Float.isFinite(min) && Float.isFinite(max))) {
      throw ConvoyException.usage(
          "hardTanh: min must be a number below max; got %s and %s", min, max);
    }
  }

  @JsonCreator
  static HardTanh parse(@JsonProperty("min") Float min, @JsonProperty("max") Float max) {
    return new HardTanh(min == null ? -1f : min, max == null ? 1f : max);
  }

  /** From -1 to 1. */
  public static HardTanh standard() {
    return parse(null, null);
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.clip(min, max, binding);
  }
}
