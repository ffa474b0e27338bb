package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * What a layer makes of an image.
 *
 * @param layer its name
 * @param shape of its output, {@code [height, width, channels]} or {@code [features]}
 * @param values in the order row, column, channel; not copied
 */
public record FeatureMaps(String layer, Shape shape, float[] values) {

  /**
   * Of all layers that inference computes, in their order.
   *
   * @param image bytes in the order row, column, channel, of the network's input shape
   */
  public static List<FeatureMaps> of(Model model, byte[] image, Kernels kernels, WorkPool pool) {
    List<String> all = model.network().inferenceNodes().stream().map(Node::name).toList();
    return of(model, all, image, kernels, pool);
  }

  /**
   * Of the layers of some names, in their order.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when inference computes no such layer
   */
  public static List<FeatureMaps> of(
      Model model, List<String> layers, byte[] image, Kernels kernels, WorkPool pool) {
    ExplainedLayers known = new ExplainedLayers(model);
    List<Node> nodes = layers.stream().map(known::named).toList();
    ModelPass pass = ModelPass.forward(model, layers, 1, kernels, pool);
    pass.write(0, image);
    pass.run(1);
    return nodes.stream()
        .map(node -> new FeatureMaps(node.name(), node.shape(), pass.output(node.name(), 0)))
        .toList();
  }

  /** How many maps there are. */
  public int count() {
    return shape.channels();
  }

  /** The map of a channel, from 0 on; of features one pixel. */
  public Heatmap map(int channel) {
    float[] map = new float[shape.height() * shape.width()];
    for (int pixel = 0; pixel < map.length; pixel++) {
      map[pixel] = values[pixel * shape.channels() + channel];
    }
    return new Heatmap(shape.height(), shape.width(), map);
  }
}
