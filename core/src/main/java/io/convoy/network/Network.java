package io.convoy.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Layer;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network: an immutable, acyclic graph of layers, in an order in which each comes after its
 * inputs. It has one output or several, each the node of a name; unless the builder is given
 * others, the last node is the only one. In training, auxiliary outputs may come out as well. Every
 * shape is checked as the graph is built.
 *
 * <pre>{@code
 * Network network =
 *     Network.input(28, 28, 1)
 *         .then("conv1", Conv2d.of(32, 3).withPadding(Padding.SAME))
 *         .then(new Relu())
 *         .then(MaxPool2d.of(2))
 *         .then(new Flatten())
 *         .then("logits", Linear.of(10))
 *         .build();
 * }</pre>
 */
public final class Network {
  /** The name of the network's input. */
  public static final String INPUT = "input";

  private final Shape input;
  private final List<Node> nodes;
  private final List<Node> outputs;
  private final List<AuxiliaryOutput> auxiliary;
  private final StateLayout layout;

  private Network(
      Shape input, List<Node> nodes, List<Node> outputs, List<AuxiliaryOutput> auxiliary) {
    this.input = input;
    this.nodes = List.copyOf(nodes);
    this.outputs = List.copyOf(outputs);
    this.auxiliary = List.copyOf(auxiliary);
    this.layout = StateLayout.of(this.nodes);
  }

  /** Starts a network with one input: an image {@code height, width, channels} or a vector. */
  public static Builder input(int... shape) {
    return new Builder(Shape.of(shape));
  }

  /** The shape of one input sample. */
  public Shape inputShape() {
    return input;
  }

  /** The nodes whose values come out, at least one; the first is what the network is for. */
  public List<Node> outputs() {
    return outputs;
  }

  /** What comes out in training alone, in the graph's order; often nothing. */
  public List<AuxiliaryOutput> auxiliary() {
    return auxiliary;
  }

  /** The nodes whose values come out in training: the outputs, then the auxiliary ones. */
  public List<Node> trainingOutputs() {
    return Stream.concat(outputs.stream(), auxiliary.stream().map(AuxiliaryOutput::node))
        .distinct()
        .toList();
  }

  /** The shape of one sample of the first output. */
  public Shape outputShape() {
    return outputs.get(0).shape();
  }

  /** The nodes, each after its inputs. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Those that {@link #outputs} need: what inference computes. */
  public List<Node> inferenceNodes() {
    return nodesFor(outputs);
  }

  /** Those that {@link #trainingOutputs} need: what training computes. */
  public List<Node> trainingNodes() {
    return nodesFor(trainingOutputs());
  }

  private List<Node> nodesFor(List<Node> wanted) {
    Set<String> needed = new HashSet<>();
    wanted.forEach(node -> needed.add(node.name()));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(nodes.get(i).name())) {
        needed.addAll(nodes.get(i).inputs());
      }
    }
    return nodes.stream().filter(node -> needed.contains(node.name())).toList();
  }

  /** Of all nodes, whether they are computed or not. */
  public StateLayout layout() {
    return layout;
  }

  /** Reads a network as {@link #toJson()} or a recipe gives it. */
  @JsonCreator
  public static Network fromJson(JsonNode json) {
    return NetworkJson.read(json);
  }

  /** The network as JSON: {@code {"input": [28, 28, 1], "layers": [{"name": …, "type": …}, …]}}. */
  @JsonValue
  public JsonNode toJson() {
    return NetworkJson.write(this);
  }

  /**
   * The same network where the output of one node more comes out, behind the others; itself where
   * that comes out already. No value changes by it.
   *
   * @throws ConvoyException of kind USAGE when no node has this name
   */
  public Network withOutput(String name) {
    if (outputs.stream().anyMatch(node -> node.name().equals(name))) {
      return this;
    }
    List<Node> more = new ArrayList<>(outputs);
    more.add(
        nodes.stream()
            .filter(node -> node.name().equals(name))
            .findFirst()
            .orElseThrow(() -> noSuchNode("outputs", nodes, name)));
    return new Network(input, nodes, more, auxiliary);
  }

  /**
   * The same network, of the same layout, without auxiliary outputs: nodes that these alone need
   * are never computed. For computing alone: as JSON it cannot be read again.
   */
  public Network withoutAuxiliary() {
    return auxiliary.isEmpty() ? this : new Network(input, nodes, outputs, List.of());
  }

  private static ConvoyException noSuchNode(String key, List<Node> nodes, String name) {
    return ConvoyException.usage(
        "%s: '%s' is none of the layers: %s",
        key, name, nodes.stream().map(Node::name).collect(Collectors.joining(", ")));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && input.equals(network.input)
        && nodes.equals(network.nodes)
        && outputs.equals(network.outputs)
        && auxiliary.equals(network.auxiliary);
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, nodes, outputs, auxiliary);
  }

  /** Builds a network from its input on; a layer follows the one added before it. */
  public static final class Builder {
    /** Layers that a message names. */
    private static final int NAMED = 8;

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, Integer> unnamed = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Float> auxiliary = new HashMap<>();
    private String last = INPUT;

    private Builder(Shape input) {
      shapes.put(INPUT, input);
    }

    /** Adds a layer with a name of its own, {@code conv2d_1} for the first {@code Conv2d}. */
    public Builder then(Layer layer) {
      String type = layer.getClass().getSimpleName();
      String stem = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
      return then(stem + "_" + unnamed.merge(stem, 1, Integer::sum), layer);
    }

    /** Adds a layer behind the last one. */
    public Builder then(String name, Layer layer) {
      return join(name, layer, last);
    }

    /** The next layer follows the node of this name, instead of the last one. */
    public Builder from(String name) {
      shapeOf(name, "from");
      last = name;
      return this;
    }

    /**
     * Adds a layer behind the named nodes.
     *
     * @throws ConvoyException when a name is taken or unknown, or when the shapes do not fit: the
     *     message gives the layer's name, the rule and the values
     */
    public Builder join(String name, Layer layer, String... inputs) {
      if (!name.matches("[A-Za-z0-9_./-]{1,200}")) {
        throw ConvoyException.usage(
            "layer '%s': a name consists of letters, digits and _ . / -", name);
      }
      if (shapes.containsKey(name)) {
        throw ConvoyException.usage(
            "layer '%s': this name is taken; every layer needs one of its own", name);
      }
      List<Shape> inputShapes = Arrays.stream(inputs).map(i -> shapeOf(i, name)).toList();
      Shape shape;
      try {
        shape = layer.outputShape(inputShapes);
      } catch (ConvoyException e) {
        throw new ConvoyException(e.kind(), "layer '" + name + "': " + e.getMessage(), e);
      }
      nodes.add(new Node(name, layer, List.of(inputs), inputShapes, shape));
      shapes.put(name, shape);
      last = name;
      return this;
    }

    /**
     * Makes the node of this name an output. The first that is made one is what the network is for;
     * where none is, that is the last node.
     *
     * @throws ConvoyException when no node has this name, or it is an output already
     */
    public Builder output(String name) {
      if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
        throw noSuchNode("outputs", nodes, name);
      }
      if (outputs.contains(name)) {
        throw ConvoyException.usage("outputs: '%s' is named twice", name);
      }
      outputs.add(name);
      return this;
    }

    /**
     * Makes the node of this name an auxiliary output.
     *
     * @param weight of its loss, above 0
     * @throws ConvoyException when no node has this name, or it is an output already
     */
    public Builder auxiliary(String name, double weight) {
      if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
        throw noSuchNode("auxiliary", nodes, name);
      }
      if (auxiliary.putIfAbsent(name, (float) weight) != null) {
        throw ConvoyException.usage("auxiliary: '%s' is named twice", name);
      }
      return this;
    }

    private Shape shapeOf(String input, String layer) {
      Shape shape = shapes.get(input);
      if (shape == null) {
        throw ConvoyException.usage(
            "layer '%s': its input '%s' is none of the layers before it: %s",
            layer, input, lastOf(List.copyOf(shapes.keySet())));
      }
      return shape;
    }

    private static String lastOf(List<String> names) {
      int from = Math.max(0, names.size() - NAMED);
      return (from > 0 ? "…, " : "") + String.join(", ", names.subList(from, names.size()));
    }

    /**
     * @throws ConvoyException when there is no layer, or when a node's output is read by nobody
     */
    public Network build() {
      if (nodes.isEmpty()) {
        throw ConvoyException.usage("a network needs at least one layer");
      }
      if (outputs.isEmpty()) {
        outputs.add(nodes.get(nodes.size() - 1).name());
      }
      outputs.stream().filter(auxiliary::containsKey).findFirst().ifPresent(Builder::refuseBoth);
      Set<String> read = new HashSet<>(outputs);
      read.addAll(auxiliary.keySet());
      nodes.forEach(node -> read.addAll(node.inputs()));
      for (Node node : nodes) {
        if (!read.contains(node.name())) {
          throw ConvoyException.usage(
              "layer '%s': nobody reads its output; the network's outputs are %s",
              node.name(), String.join(", ", outputs));
        }
      }
      return new Network(
          shapes.get(INPUT),
          nodes,
          outputs.stream().map(this::node).toList(),
          nodes.stream()
              .filter(node -> auxiliary.containsKey(node.name()))
              .map(node -> new AuxiliaryOutput(node, auxiliary.get(node.name())))
              .toList());
    }

    private static void refuseBoth(String output) {
      throw ConvoyException.usage(
          "auxiliary: '%s' is the network's output; one that is auxiliary comes out in training"
              + " alone: take it away, or name another in outputs",
          output);
    }

    private Node node(String name) {
      return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }
  }
}
