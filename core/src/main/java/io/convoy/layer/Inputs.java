package io.convoy.layer;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.List;

/** Checks of what a layer is given. */
final class Inputs {
  private Inputs() {}

  /** The probability that something is dropped. */
  static void requireRate(String layer, float rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw ConvoyException.usage("%s: rate must lie in [0, 1); got %s", layer, rate);
    }
  }

  static Shape single(String layer, List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw ConvoyException.usage("%s takes one input; got %d: %s", layer, inputs.size(), inputs);
    }
    return inputs.get(0);
  }

  static Shape image(String layer, List<Shape> inputs) {
    Shape input = single(layer, inputs);
    if (!input.isImage()) {
      throw ConvoyException.usage(
          "%s takes an image [height, width, channels]; got the vector [%s]", layer, input);
    }
    return input;
  }

  /** A number that keeps a divisor from zero. */
  static void requireEpsilon(String layer, float epsilon) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw ConvoyException.usage("%s: epsilon must lie in (0, 1); got %s", layer, epsilon);
    }
  }

  /** The shape with another number of channels. */
  static Shape withChannels(Shape shape, int channels) {
    return shape.isImage() ? Shape.of(shape.height(), shape.width(), channels) : Shape.of(channels);
  }

  /** The shape of an image that a layer makes. */
  static Shape image(String layer, long height, long width, int channels) {
    if (height < 1 || width < 1 || height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      throw ConvoyException.usage(
          "%s: the output must have at least one pixel, and below 2^31 each way; got %dx%d",
          layer, height, width);
    }
    return Shape.of((int) height, (int) width, channels);
  }
}
