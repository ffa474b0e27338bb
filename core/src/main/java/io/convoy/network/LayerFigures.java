package io.convoy.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.layer.Parameter;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What a layer of a network costs.
 *
 * @param name of the layer
 * @param type as a recipe writes it, such as {@code conv2d}
 * @param shape of one output sample
 * @param parameters floats that the optimizer moves
 * @param averages floats of moving averages
 * @param multiplyAdds of a forward pass over one sample: of weights with activations
 */
public record LayerFigures(
    String name, String type, Shape shape, long parameters, long averages, long multiplyAdds) {

  /** The figures of every layer, in the graph's order. */
  public static List<LayerFigures> of(Network network) {
    JsonNode layers = network.toJson().get("layers");
    List<LayerFigures> figures = new ArrayList<>();
    for (Node node : network.nodes()) {
      List<Parameter> parameters = node.layer().parameters(node.inputShapes());
      long all = elements(parameters);
      long trained = elements(parameters.stream().filter(p -> p.role().trained()).toList());
      figures.add(
          new LayerFigures(
              node.name(),
              layers.get(figures.size()).get("type").textValue(),
              node.shape(),
              trained,
              all - trained,
              node.layer().multiplyAdds(node.inputShapes())));
    }
    return figures;
  }

  private static long elements(List<Parameter> parameters) {
    return parameters.stream().mapToLong(p -> p.shape().elements()).sum();
  }
}
