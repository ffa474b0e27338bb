package io.convoy.layer;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.MultiplicationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The product of two inputs of one shape, element by element; or of an image and a vector, which
 * has a factor for each channel, as squeeze-and-excitation scales them (Hu, Shen, Albanie, Sun, Wu
 * 2017, equation 4):
 *
 * <pre>
 *   y[h, w, c] = x[h, w, c] · s[c]
 * </pre>
 *
 * <p>The gradient of a factor is a sum over pixels, in reading order.
 *
 * <p>Shapes: inputs of any one shape, or {@code [H, W, C]} and {@code [C]}, in this order; output
 * that of the first.
 */
public record Multiply() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() == 2) {
      Shape first = inputs.get(0);
      Shape second = inputs.get(1);
      boolean factors = second.isVector() && second.channels() == first.channels();
      if (first.equals(second) || factors) {
        return first;
      }
    }
    throw ConvoyException.usage(
        "multiply takes two inputs of one shape, or an image and a vector with a factor for each of"
            + " its channels; got %s",
        inputs);
  }

  @Override
  public Kept kept() {
    return Kept.INPUTS;
  }

  @Override
  public Operation bind(Binding binding) {
    return new MultiplicationOperation(binding);
  }
}
