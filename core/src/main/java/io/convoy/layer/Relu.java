package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The rectifier, {@code y = max(x, 0)} (Nair, Hinton 2010); its derivative at 0 is 0. Any shape.
 */
public record Relu() implements Activation {
  @Override
  public boolean rectifies() {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.byOutput(
        ActivationKernels::relu, ActivationKernels::reluGradient, binding);
  }
}
