package io.convoy.layer;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The rectifier that ends at 6, {@code y = min(max(x, 0), 6)} (Krizhevsky 2010; Sandler et al.
 * 2018, MobileNetV2); its derivative at 0 and 6 is 0. Any shape.
 */
public record Relu6() implements Activation {
  private static final float TOP = 6f;

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.ramp(1f, 0f, TOP, binding);
  }
}
