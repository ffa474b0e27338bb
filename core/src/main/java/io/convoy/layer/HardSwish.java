package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * Hard swish, {@code y = x min(max(x + 3, 0), 6) / 6} (Howard et al. 2019, MobileNetV3); its
 * derivative at -3 is -1/2 and at 3 it is 3/2, those of the part between them, as in PyTorch. Any
 * shape.
 */
public record HardSwish() implements Activation {
  /** The input: the derivative does not follow from the output. */
  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.byInput(
        ActivationKernels::hardSwish, ActivationKernels::hardSwishGradient, binding);
  }
}
