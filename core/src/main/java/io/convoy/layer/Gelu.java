package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The Gaussian error linear unit, {@code y = x Phi(x)}, with Phi the standard normal distribution
 * function (Hendrycks, Gimpel 2016). Any shape.
 *
 * @param approximate {@code none} by default; {@code tanh} is {@code y = x / 2 (1 + tanh(sqrt(2 /
 *     pi) (x + 0.044715 x³)))}, of the same paper, which some published weights were trained with;
 *     it differs by up to 5e-4
 */
public record Gelu(Approximation approximate) implements Activation {
  /** How the distribution function is computed. */
  public enum Approximation {
    /** To the last digits of a float. */
    @JsonProperty("none")
    NONE,
    /** By way of the hyperbolic tangent. */
    @JsonProperty("tanh")
    TANH
  }

  @JsonCreator
  static Gelu parse(@JsonProperty("approximate") Approximation approximate) {
    return new Gelu(approximate == null ? Approximation.NONE : approximate);
  }

  /** Without an approximation. */
  public static Gelu standard() {
    return parse(null);
  }

  /** The input: the derivative does not follow from the output. */
  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return switch (approximate) {
      case NONE ->
          ActivationOperation.byInput(
              ActivationKernels::gelu, ActivationKernels::geluGradient, binding);
      case TANH ->
          ActivationOperation.byInput(
              ActivationKernels::geluTanh, ActivationKernels::geluTanhGradient, binding);
    };
  }
}
