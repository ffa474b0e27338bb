package io.convoy.loss;

import io.convoy.error.ConvoyException;

/**
 * A loss of one output of a network, and its share in what training makes small.
 *
 * @param output the name of the output
 * @param loss of it
 * @param weight above 0; 1 takes the loss as it is
 */
public record LossTerm(String output, Loss loss, float weight) {
  public LossTerm {
    if (!(weight > 0 && Float.isFinite(weight))) {
      throw ConvoyException.usage(
          "the loss of output '%s' must have a weight above 0; got %s", output, weight);
    }
  }
}
