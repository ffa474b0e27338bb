package io.convoy.loss;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;

/** What losses ask of the output that they are for. */
final class Outputs {
  private Outputs() {}

  static void requireVector(String loss, Shape output) {
    if (!output.isVector()) {
      throw ConvoyException.usage(
          "%s takes a vector of one logit a class; the output is %s", loss, output);
    }
  }
}
