package io.convoy.layer;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.FlattenOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * An image as a vector, in the order channel, row, column, so that the weights of a dense layer
 * behind it mean the same as in tools that keep images as CHW.
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [C H W]}.
 */
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of(Inputs.image("flatten", inputs).elements());
  }

  @Override
  public Operation bind(Binding binding) {
    return new FlattenOperation(binding);
  }
}
