package io.convoy.layer;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Window;
import io.convoy.operation.pooling.MaxPoolingOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The maximum of each channel over all pixels (Oquab, Bottou, Laptev, Sivic 2015, section 3.2):
 *
 * <pre>
 *   y[c] = max over h, w of x[h, w, c]
 * </pre>
 *
 * <p>Of equal maxima the first in reading order has the gradient, as in {@link MaxPool2d}.
 *
 * <p>Shapes: input {@code [H, W, C]}, output the vector {@code [C]}, which a {@link Linear} takes
 * as it is: no {@link Flatten} stands between.
 */
public record GlobalMaxPool() implements Layer {
  private static final String NAME = "globalMaxPool";

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(Inputs.image(NAME, inputs).channels());
  }

  @Override
  public Operation bind(Binding binding) {
    return new MaxPoolingOperation(Window.whole(NAME, binding.input().shape()), binding);
  }
}
