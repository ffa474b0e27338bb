package io.convoy.network;

import io.convoy.error.ConvoyException;

/**
 * An output that comes out in training alone, to bring a gradient to the layers before it: its loss
 * counts beside that of the network's first output. Inference does not compute it.
 *
 * @param node whose value it is
 * @param weight what its loss is multiplied by, above 0
 */
public record AuxiliaryOutput(Node node, float weight) {
  public AuxiliaryOutput {
    if (!(weight > 0 && Float.isFinite(weight))) {
      throw ConvoyException.usage(
          "auxiliary: the loss of '%s' must have a weight above 0; got %s: take the layer away, or"
              + " give it a weight such as 0.3",
          node.name(), weight);
    }
  }
}
