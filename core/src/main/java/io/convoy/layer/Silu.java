package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The sigmoid linear unit or swish, {@code y = x sigmoid(x)} (Elfwing, Uchibe, Doya 2018;
 * Ramachandran, Zoph, Le 2017). Its least value is about -0.278. Any shape.
 */
public record Silu() implements Activation {
  /** The input: the derivative does not follow from the output. */
  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.byInput(
        ActivationKernels::silu, ActivationKernels::siluGradient, binding);
  }
}
