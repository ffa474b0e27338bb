package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The exponential linear unit, {@code y = scale (x > 0 ? x : alpha (exp(x) - 1))} (Clevert,
 * Unterthiner, Hochreiter 2016, with a scale of 1); its derivative at 0 is {@code scale alpha}. Any
 * shape.
 *
 * @param alpha above 0, 1 by default: minus the value far below zero, at a scale of 1
 * @param scale above 0, 1 by default; {@link Selu} has one, and ONNX's {@code Selu} any
 */
public record Elu(float alpha, float scale) implements Activation {
  public Elu {
    // the derivative is told by the output, whose sign has to be the input's
    if (!(alpha > 0 && alpha < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage(
          "elu: alpha must be a number above 0; got %s (for 0 there is relu)", alpha);
    }
    if (!(scale > 0 && scale * alpha > 0 && Float.isFinite(scale * alpha))) {
      throw ConvoyException.usage(
          "elu: scale, and scale times alpha, must be numbers above 0; got %s and %s",
          scale, scale * alpha);
    }
  }

  @JsonCreator
  static Elu parse(@JsonProperty("alpha") Float alpha, @JsonProperty("scale") Float scale) {
    return new Elu(alpha == null ? 1f : alpha, scale == null ? 1f : scale);
  }

  /** A scale of 1. */
  public static Elu of(float alpha) {
    return new Elu(alpha, 1f);
  }

  /** An alpha of 1. */
  public static Elu standard() {
    return of(1f);
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.elu(scale, scale * alpha, binding);
  }
}
