package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The logistic function, {@code y = 1 / (1 + exp(-x))}, with the derivative {@code y (1 - y)};
 * outputs lie in [0, 1] (Rumelhart, Hinton, Williams 1986). Any shape; within 2 units in the last
 * place ({@link io.convoy.kernel.FloatMath#sigmoid}).
 */
public record Sigmoid() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("sigmoid", inputs);
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
        ActivationKernels::sigmoid, ActivationKernels::sigmoidGradient, binding);
  }
}
