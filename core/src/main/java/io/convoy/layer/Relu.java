package io.convoy.layer;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The rectifier, {@code y = max(x, 0)} (Nair, Hinton 2010); its derivative at 0 is 0. Any shape.
 */
public record Relu() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("relu", inputs);
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
  public boolean rectifies() {
    return true;
  }

  @Override
  public Following follows() {
    return Following.IN_PLACE;
  }

  @Override
  public Operation bind(Binding binding) {
    return new ActivationOperation(
        ActivationKernels::relu, ActivationKernels::reluGradient, binding);
  }
}
