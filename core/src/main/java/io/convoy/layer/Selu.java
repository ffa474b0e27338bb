package io.convoy.layer;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The scaled exponential linear unit, {@code y = scale (x > 0 ? x : alpha (exp(x) - 1))} with
 * {@code scale = 1.0507} and {@code alpha = 1.6733}, for which activations of mean 0 and variance 1
 * keep them from layer to layer (Klambauer, Unterthiner, Mayr, Hochreiter 2017; the digits: their
 * equation 14). Any shape.
 */
public record Selu() implements Activation {
  private static final double SCALE = 1.0507009873554804934193349852946;
  private static final double ALPHA = 1.6732632423543772848170429916717;

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.elu((float) SCALE, (float) (SCALE * ALPHA), binding);
  }
}
