package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The hyperbolic tangent, {@code y = tanh(x)}, with the derivative {@code 1 - y²}; outputs lie in
 * [-1, 1] (LeCun, Bottou, Orr, Müller 1998, section 4.4). Any shape; within 2 units in the last
 * place ({@link io.convoy.kernel.FloatMath#tanh}).
 */
public record Tanh() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("tanh", inputs);
  }

  @Override
  public Kept kept() {
    return Kept.OUTPUT;
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return new ActivationOperation(
        ActivationKernels::tanh, ActivationKernels::tanhGradient, binding);
  }
}
