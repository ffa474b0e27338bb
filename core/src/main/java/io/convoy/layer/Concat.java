package io.convoy.layer;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ConcatenationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Two or more inputs side by side: the channels of the first, then those of the second, and so on
 * (Szegedy et al. 2015, section 4). Vectors are joined feature after feature.
 *
 * <pre>
 *   y[h, w, C1 + … + C(k-1) + c] = xk[h, w, c]
 * </pre>
 *
 * <p>Shapes: inputs {@code [H, W, Ck]} of one height and width, output {@code [H, W, sum of Ck]};
 * or inputs {@code [Fk]}, output {@code [sum of Fk]}.
 */
public record Concat() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() < 2 || !inputs.stream().allMatch(x -> alike(x, inputs.get(0)))) {
      throw ConvoyException.usage(
          "concat takes two or more images of one height and width, or two or more vectors; got %s",
          inputs);
    }
    long sum = inputs.stream().mapToLong(Shape::channels).sum();
    int channels = (int) Math.min(sum, Integer.MAX_VALUE); // Shape refuses that many
    Shape first = inputs.get(0);
    return first.isVector()
        ? Shape.of(channels)
        : Shape.of(first.height(), first.width(), channels);
  }

  private static boolean alike(Shape one, Shape other) {
    return one.rank() == other.rank()
        && one.height() == other.height()
        && one.width() == other.width();
  }

  @Override
  public boolean addsGradient(int k) {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return new ConcatenationOperation(binding);
  }
}
