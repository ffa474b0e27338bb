package io.convoy.explain;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Parameter;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the layers of a model that there is something to see of. */
final class ExplainedLayers {
  private final String model;
  private final Network network;
  private final List<Node> nodes;

  ExplainedLayers(Model model) {
    this.model = model.name();
    network = model.network();
    nodes = network.inferenceNodes();
  }

  /**
   * The layer of a name.
   *
   * @throws ConvoyException of kind USAGE when inference computes no such layer
   */
  Node named(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "%s: '%s' is none of the layers that inference computes: %s",
                    model, name, names(node -> true)));
  }

  /**
   * The layer of a name, whose output has pixels.
   *
   * @throws ConvoyException of kind USAGE when there is none, or its output has one pixel alone
   */
  Node image(String name) {
    Node node = named(name);
    if (!hasPixels(node)) {
      throw ConvoyException.usage(
          "%s: the output of layer '%s' is %s, and a map needs one of more than a pixel (height x"
              + " width x channels): name one of %s",
          model, name, node.shape(), names(ExplainedLayers::hasPixels));
    }
    return node;
  }

  /**
   * The last layer before the first output whose output has pixels, poolings aside.
   *
   * @throws ConvoyException of kind USAGE when there is none
   */
  Node lastImage() {
    Set<String> needed = new HashSet<>(Set.of(network.outputs().get(0).name()));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (needed.contains(node.name())) {
        boolean pools = node.layer() instanceof MaxPool2d || node.layer() instanceof AvgPool2d;
        if (hasPixels(node) && !pools) {
          return node;
        }
        needed.addAll(node.inputs());
      }
    }
    throw ConvoyException.usage(
        "%s: a map needs a layer whose output has more than one pixel, and the network has none: %s",
        model, names(node -> true));
  }

  /**
   * The first convolution, in the graph's order.
   *
   * @throws ConvoyException of kind USAGE when there is none
   */
  Node firstConvolution() {
    return nodes.stream()
        .filter(node -> node.layer() instanceof Conv2d)
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "%s: filters are those of a convolution, and the network has none: %s",
                    model, names(node -> true)));
  }

  /**
   * The convolution of a name.
   *
   * @throws ConvoyException of kind USAGE when there is none
   */
  Node convolution(String name) {
    Node node = named(name);
    if (!(node.layer() instanceof Conv2d)) {
      throw ConvoyException.usage(
          "%s: filters are those of a convolution, and layer '%s' is none: name one of %s",
          model, name, names(other -> other.layer() instanceof Conv2d));
    }
    return node;
  }

  /**
   * The layer of a name that has a channel of this number.
   *
   * @throws ConvoyException of kind USAGE when it has not
   */
  Node withChannel(String name, int channel) {
    Node node = named(name);
    int channels = node.shape().channels();
    if (channel < 0 || channel >= channels) {
      throw ConvoyException.usage(
          "%s: the %s channels of layer '%s' have the numbers 0 to %s; got channel %s",
          model, channels, name, channels - 1, channel);
    }
    return node;
  }

  /**
   * The layer whose output the classifier reads: the last layer with weights before the first
   * output.
   *
   * @throws ConvoyException of kind USAGE when that reads the network's input, or several layers
   */
  Node beforeClassifier() {
    Node node = network.outputs().get(0);
    while (!hasWeights(node) && isBehindOneLayer(node)) {
      node = named(node.inputs().get(0));
    }
    if (!isBehindOneLayer(node)) {
      throw ConvoyException.usage(
          "%s: an embedding is the output of the layer before the classifier, and there is no such"
              + " layer before '%s': name one of %s",
          model, node.name(), names(other -> true));
    }
    return named(node.inputs().get(0));
  }

  private static boolean isBehindOneLayer(Node node) {
    return node.inputs().size() == 1 && !node.inputs().get(0).equals(Network.INPUT);
  }

  private static boolean hasWeights(Node node) {
    return node.layer().parameters(node.inputShapes()).stream()
        .anyMatch(parameter -> parameter.role() == Parameter.Role.WEIGHT);
  }

  private static boolean hasPixels(Node node) {
    Shape shape = node.shape();
    return shape.isImage() && shape.height() * shape.width() > 1;
  }

  private String names(Predicate<Node> which) {
    return nodes.stream().filter(which).map(Node::name).collect(Collectors.joining(", "));
  }
}
