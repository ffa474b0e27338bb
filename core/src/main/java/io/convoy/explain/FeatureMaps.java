package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.Conv2d;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * Layers that are worth a look: convolutions whose output is an image, at even distances, the
   * first and the last included.
   *
   * @param count at most so many
   */
  public static List<String> usualLayers(Model model, int count) {
    List<String> convolutions =
        model.network().inferenceNodes().stream()
            .filter(node -> node.layer() instanceof Conv2d && node.shape().isImage())
            .map(Node::name)
            .toList();
    int chosen = Math.min(count, convolutions.size());
    return IntStream.range(0, chosen)
        .mapToObj(
            i -> convolutions.get(chosen == 1 ? 0 : i * (convolutions.size() - 1) / (chosen - 1)))
        .toList();
  }

  /**
   * The channels with the largest mean outputs, the largest first; of equal ones the first.
   *
   * @param count at most so many
   */
  public List<Integer> strongest(int count) {
    double[] sums = new double[count()];
    for (int i = 0; i < values.length; i++) {
      sums[i % sums.length] += values[i];
    }
    return IntStream.range(0, sums.length)
        .boxed()
        .sorted(Comparator.comparingDouble(channel -> -sums[channel]))
        .limit(count)
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
