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
}
