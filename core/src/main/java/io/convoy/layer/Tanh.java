package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The hyperbolic tangent, {@code y = tanh(x)}, with the derivative {@code 1 - y²}; outputs lie in
 * [-1, 1] (LeCun, Bottou, Orr, Müller 1998, section 4.4). Any shape; within 2 units in the last
 * place ({@link io.convoy.kernel.FloatMath#tanh}).
 */
public record Tanh() implements Activation {
  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.byOutput(
        ActivationKernels::tanh, ActivationKernels::tanhGradient, binding);
  }
}
