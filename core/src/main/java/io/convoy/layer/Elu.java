package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The exponential linear unit, {@code y = x > 0 ? x : alpha (exp(x) - 1)} (Clevert, Unterthiner,
 * Hochreiter 2016); its derivative at 0 is alpha. Any shape.
 *
 * @param alpha above 0, 1 by default: minus the value far below zero
 */
public record Elu(float alpha) implements Activation {
  public Elu {
    // the derivative is told by the output, whose sign has to be the input's
    if (!(alpha > 0 && alpha < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage(
          "elu: alpha must be a number above 0; got %s (for 0 there is relu)", alpha);
    }
  }

  @JsonCreator
  static Elu parse(@JsonProperty("alpha") Float alpha) {
    return new Elu(alpha == null ? 1f : alpha);
  }

  /** An alpha of 1. */
  public static Elu standard() {
    return parse(null);
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.elu(1f, alpha, binding);
  }
}
