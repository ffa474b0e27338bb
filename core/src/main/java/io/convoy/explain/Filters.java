package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.layer.Conv2d;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.tensor.Shape;
import java.util.Optional;

/**
 * The filters of a convolution: those of the first one can be looked at as pictures.
 *
 * @param layer its name
 * @param shape of a filter, {@code [height, width, channels]}
 * @param weights of each filter, in the order row, column, channel
 */
public record Filters(String layer, Shape shape, float[][] weights) {

  /**
   * Those of the first convolution.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when the network has none
   */
  public static Filters of(Model model) {
    return of(model.network(), model.weights(), new ExplainedLayers(model).firstConvolution());
  }

  /**
   * Those of the first convolution of a network; empty where it has none.
   *
   * @param state weights and moving averages, in the network's layout
   */
  public static Optional<Filters> of(Network network, float[] state) {
    return network.inferenceNodes().stream()
        .filter(node -> node.layer() instanceof Conv2d)
        .findFirst()
        .map(node -> of(network, state, node));
  }

  /**
   * Those of the convolution of a name.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is none
   */
  public static Filters of(Model model, String layer) {
    return of(model.network(), model.weights(), new ExplainedLayers(model).convolution(layer));
  }

  private static Filters of(Network network, float[] state, Node node) {
    StateLayout.Entry entry =
        network.layout().entries().stream()
            .filter(other -> other.name().equals(node.name() + ".weight"))
            .findFirst()
            .orElseThrow();
    Shape weightsOIHW = entry.parameter().shape();
    int channels = weightsOIHW.extent(1);
    int taps = weightsOIHW.extent(2) * weightsOIHW.extent(3);
    float[][] weights = new float[weightsOIHW.extent(0)][channels * taps];
    for (int filter = 0; filter < weights.length; filter++) {
      int start = entry.offset() + filter * channels * taps;
      for (int i = 0; i < channels * taps; i++) {
        weights[filter][i % taps * channels + i / taps] = state[start + i];
      }
    }
    Shape shape = Shape.of(weightsOIHW.extent(2), weightsOIHW.extent(3), channels);
    return new Filters(node.name(), shape, weights);
  }
}
