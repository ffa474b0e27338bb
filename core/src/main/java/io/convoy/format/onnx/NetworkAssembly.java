package io.convoy.format.onnx;

import io.convoy.error.ConvoyException;
import io.convoy.format.onnx.Value.Activation;
import io.convoy.layer.Flatten;
import io.convoy.layer.Layer;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** A network of Convoy's as it grows from the nodes of an ONNX graph, and its weights. */
final class NetworkAssembly {
  private static final int LONGEST_NAME = 160;

  private final LongConsumer spend;
  private final Network.Builder builder;
  private final Set<String> taken = new HashSet<>(Set.of(Network.INPUT));
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();
  private final Map<String, float[]> parameters = new HashMap<>();

  /**
   * @param spend told the number of a layer's parameters
   */
  NetworkAssembly(Shape input, LongConsumer spend) {
    this.spend = spend;
    builder = Network.input(input.toArray());
  }

  /**
   * Adds a layer.
   *
   * @param name what the file calls it
   * @param dims of a sample of its output in ONNX
   * @param order in which an image lies there
   * @throws Refusal when the layer does not take what it is given
   */
  Activation add(
      String name,
      Layer layer,
      List<Integer> dims,
      Value.Order order,
      Activation first,
      Activation... others) {
    Activation[] inputs = new Activation[1 + others.length];
    inputs[0] = first;
    System.arraycopy(others, 0, inputs, 1, others.length);
    try {
      List<Shape> shapes = Arrays.stream(inputs).map(Activation::shape).toList();
      Shape shape = layer.outputShape(shapes);
      layer.parameters(shapes).forEach(each -> spend.accept(each.shape().elements()));
      String free = free(name);
      builder.join(free, layer, Arrays.stream(inputs).map(Activation::node).toArray(String[]::new));
      return new Activation(free, shape, dims, order);
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.DATA) {
        throw e;
      }
      throw new Refusal(e.getMessage());
    }
  }

  /** Likewise of a layer whose output has the dimensions and the order of its input. */
  Activation keep(String name, Layer layer, Activation input) {
    return add(name, layer, input.dims(), input.order(), input);
  }

  /** Likewise of a layer that gives images as CHW, or vectors, by their own dimensions. */
  Activation plain(String name, Layer layer, Activation first, Activation... others) {
    Activation added = add(name, layer, List.of(1), Value.Order.CHW, first, others);
    return added.as(dims(added.shape()));
  }

  /** The dimensions of a sample in ONNX. */
  static List<Integer> dims(Shape shape) {
    return shape.isImage()
        ? List.of(shape.channels(), shape.height(), shape.width())
        : List.of(shape.channels());
  }

  /** An image as a vector in the file's order of elements; a vector as it is. */
  Activation flat(String name, Activation input) {
    if (!input.isImage()) {
      return input.as(List.of(input.shape().channels()));
    }
    Activation vector = plain(name, new Flatten(), input);
    return input.order().channelsLast()
        ? new Activation(
            vector.node(), vector.shape(), vector.dims(), new Value.Order(false, input.shape()))
        : vector;
  }

  /** Gives a layer the values of one of its parameters, which are not copied. */
  void set(Activation layer, String parameter, float[] values) {
    parameters.put(layer.node() + "." + parameter, values);
  }

  /** Multiplies the values of a parameter. */
  void scale(Activation layer, String parameter, float factor) {
    parameters.computeIfPresent(
        layer.node() + "." + parameter,
        (name, values) -> {
          float[] scaled = new float[values.length];
          for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * values[i];
          }
          return scaled;
        });
  }

  /** A name as Convoy has them that no layer has yet. */
  private String free(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_./-]", "_");
    plain = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    String first = plain.isEmpty() ? "layer" : plain;
    String free = first;
    while (!taken.add(free)) {
      free = first + "_" + (1 + numbers.merge(first, 1, Integer::sum));
    }
    return free;
  }

  /** Makes what a layer gives an output; told once. */
  void output(Activation value) {
    if (outputs.add(value.node())) {
      builder.output(value.node());
    }
  }

  /**
   * @throws ConvoyException when the layers make no network
   */
  Network network() {
    return builder.build();
  }

  /** The weights and moving averages in the network's layout. */
  float[] state(Network network) {
    float[] state = new float[network.layout().length()];
    for (StateLayout.Entry entry : network.layout().entries()) {
      float[] values = parameters.get(entry.name());
      System.arraycopy(values, 0, state, entry.offset(), entry.length());
    }
    return state;
  }
}
