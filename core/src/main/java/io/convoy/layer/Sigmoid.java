package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The logistic function, {@code y = 1 / (1 + exp(-x))}, with the derivative {@code y (1 - y)};
 * outputs lie in [0, 1] (Rumelhart, Hinton, Williams 1986). Any shape; within 2 units in the last
 * place ({@link io.convoy.kernel.FloatMath#sigmoid}).
 */
public record Sigmoid() implements Activation {
  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.byOutput(
        ActivationKernels::sigmoid, ActivationKernels::sigmoidGradient, binding);
  }
}
