package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Extent;
import io.convoy.operation.Operation;
import io.convoy.operation.Window;
import io.convoy.operation.rearrangement.AxisMap;
import io.convoy.operation.rearrangement.SpatialMapOperation;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Zero pixels around an image. Convolutions and poolings pad by themselves; this layer is for what
 * they cannot, such as more on one side than on the other.
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [top + H + bottom, left + W + right, C]}.
 *
 * @param top rows above, at least 0, by default none; likewise the others
 */
public record ZeroPad2d(int top, int bottom, int left, int right) implements Layer {
  public ZeroPad2d {
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
      throw ConvoyException.usage(
          "zeroPad2d: pixels must be at least 0; got top %d, bottom %d, left %d, right %d",
          top, bottom, left, right);
    }
  }

  @JsonCreator
  static ZeroPad2d parse(
      @JsonProperty("top") Integer top,
      @JsonProperty("bottom") Integer bottom,
      @JsonProperty("left") Integer left,
      @JsonProperty("right") Integer right) {
    return new ZeroPad2d(
        top == null ? 0 : top,
        bottom == null ? 0 : bottom,
        left == null ? 0 : left,
        right == null ? 0 : right);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.image("zeroPad2d", inputs);
    return Inputs.image(
        "zeroPad2d",
        (long) top + input.height() + bottom,
        (long) left + input.width() + right,
        input.channels());
  }

  /** Single pixels, from the padding on. */
  @Override
  public Optional<Window> windows(List<Shape> inputs) {
    Extent one = Extent.square(1);
    Shape output = outputShape(inputs);
    return Optional.of(
        new Window(
            inputs.get(0),
            one,
            one,
            one,
            top,
            bottom,
            left,
            right,
            output.height(),
            output.width()));
  }

  @Override
  public Operation bind(Binding binding) {
    Shape input = binding.input().shape();
    return new SpatialMapOperation(
        AxisMap.padded(input.height(), top, bottom),
        AxisMap.padded(input.width(), left, right),
        binding);
  }
}
