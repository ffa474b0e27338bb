package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.tensor.Shape;

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
    return of(model, new ExplainedLayers(model).firstConvolution());
  }

  /**
   * Those of the convolution of a name.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is none
   */
  public static Filters of(Model model, String layer) {
    return of(model, new ExplainedLayers(model).convolution(layer));
  }

  private static Filters of(Model model, Node node) {
    StateLayout.Entry entry =
        model.network().layout().entries().stream()
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
        weights[filter][i % taps * channels + i / taps] = model.weights()[start + i];
      }
    }
    Shape shape = Shape.of(weightsOIHW.extent(2), weightsOIHW.extent(3), channels);
    return new Filters(node.name(), shape, weights);
  }
}
