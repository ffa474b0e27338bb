package io.convoy.layer;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Window;
import io.convoy.operation.pooling.AveragePoolingOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The mean of each channel over all pixels (Lin, Chen, Yan 2014, section 3.2):
 *
 * <pre>
 *   y[c] = 1 / (H W) · sum over h, w of x[h, w, c]
 * </pre>
 *
 * <p>The sum runs down each column of pixels, then over the columns.
 *
 * <p>Shapes: input {@code [H, W, C]}, output the vector {@code [C]}, which a {@link Linear} takes
 * as it is: no {@link Flatten} stands between.
 */
public record GlobalAvgPool() implements Layer {
  private static final String NAME = "globalAvgPool";

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(Inputs.image(NAME, inputs).channels());
  }

  @Override
  public Operation bind(Binding binding) {
    Window window = Window.whole(NAME, binding.input().shape());
    return new AveragePoolingOperation(window, true, binding);
  }
}
