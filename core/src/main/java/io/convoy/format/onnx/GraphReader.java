package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.convoy.error.ConvoyException;
import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.Constant;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an ONNX graph, node after node: what each tensor is in terms of Convoy's layers. */
final class GraphReader {
  private static final Operators OPERATORS = new Operators();

  /** Elements that any file may ask for: what is given for all channels is kept for each. */
  private static final long ROOM = 4L << 20;

  private final GraphProto graph;
  private final String file;
  private final long opset;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, Value> values = new HashMap<>();

  /** Nodes that read a tensor, among those that an output follows from. */
  private final Map<String, List<OnnxNode>> readers = new HashMap<>();

  private final Set<String> outputs = new HashSet<>();
  private final Set<OnnxNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> refused = new ArrayList<>();
  private final Optional<Shape> size;
  private NetworkAssembly assembly;
  private InputTensor input;

  /** Elements that may be kept beyond those that the file holds: {@link #spend}. */
  private long room;

  GraphReader(GraphProto graph, String file, long opset, Optional<Shape> size) {
    this.graph = graph;
    this.size = size;
    room = ROOM + graph.getSerializedSize();
    this.file = file;
    this.opset = opset;
    for (TensorProto tensor : graph.getInitializerList()) {
      if (initializers.put(tensor.getName(), tensor) != null) {
        throw ConvoyException.data("%s holds two tensors named '%s'", file, tensor.getName());
      }
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw ConvoyException.usage("%s has sparse tensors; Convoy reads dense ones", file);
    }
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    if (outputs.isEmpty()) {
      throw ConvoyException.data("%s: a graph must have an output; it has none", file);
    }
    selectNodes();
  }

  /** Those nodes from which an output follows, in the file's order. */
  private void selectNodes() {
    Set<String> needed = new HashSet<>(outputs);
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(node.getInputList());
        nodes.add(OnnxNode.of(node, file));
      }
    }
    Collections.reverse(nodes);
    for (OnnxNode node : nodes) {
      for (String read : node.inputs()) {
        readers.computeIfAbsent(read, name -> new ArrayList<>()).add(node);
      }
    }
  }

  /**
   * Reads all nodes.
   *
   * @throws ConvoyException of kind USAGE that lists what Convoy does not have; DATA when the graph
   *     breaks a rule of ONNX
   */
  NetworkAssembly read() {
    input = InputTensor.of(graph, initializers.keySet(), readers, size, file);
    assembly = new NetworkAssembly(input.shape(), this::spend);
    values.put(input.name(), input.value());
    nodes.stream() // wherever they stand: what stands before may look ahead
        .filter(node -> node.isOnnx() && node.type().equals("Constant"))
        .forEach(node -> put(node, value(node)));
    for (OnnxNode node : nodes) {
      requireReadable(node);
      if (!done.contains(node)) {
        put(node, value(node));
      }
    }
    if (refused.isEmpty()) {
      for (ValueInfoProto output : graph.getOutputList()) {
        addOutput(output.getName());
      }
    }
    if (!refused.isEmpty()) {
      throw ConvoyException.usage(
          "%s uses what Convoy does not have: %s", file, Refusals.text(refused));
    }
    return assembly;
  }

  private void requireReadable(OnnxNode node) {
    for (String read : node.inputs()) {
      if (!read.isEmpty() && !values.containsKey(read) && !initializers.containsKey(read)) {
        throw ConvoyException.data(
            "%s: node '%s' reads '%s', which nothing before it gives: the nodes of an ONNX file are"
                + " sorted, and make no circle",
            file, Refusals.brief(node.name()), Refusals.brief(read));
      }
    }
  }

  private Value value(OnnxNode node) {
    if (node.inputs().stream().anyMatch(read -> values.get(read) instanceof Value.Unknown)) {
      return new Value.Unknown();
    }
    try {
      return OPERATORS.read(node, this);
    } catch (Refusal e) {
      return refuse(node, e.getMessage());
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.USAGE) {
        throw e;
      }
      return refuse(node, e.getMessage()); // an option that a layer does not take
    } catch (ArithmeticException e) {
      throw ConvoyException.data(
          "%s: node '%s' has numbers beyond all bounds", file, Refusals.brief(node.name()));
    }
  }

  private Value refuse(OnnxNode node, String why) {
    String type = node.isOnnx() ? node.type() : node.domain() + "." + node.type();
    refused.add(
        "%s '%s': %s"
            .formatted(Refusals.brief(type), Refusals.brief(node.name()), Refusals.cut(why)));
    return new Value.Unknown();
  }

  private void put(OnnxNode node, Value value) {
    done.add(node);
    for (int k = 0; k < node.outputs().size(); k++) {
      String name = node.outputs().get(k);
      boolean twice =
          !name.isEmpty() && (initializers.containsKey(name) || values.containsKey(name));
      if (twice) {
        throw ConvoyException.data(
            "%s: the tensor '%s' is written twice", file, Refusals.brief(name));
      }
      values.put(name, output(value, k));
    }
    values.remove("");
    if (value instanceof Constant constant) {
      spend(constant.tensor().length());
    }
  }

  private static Value output(Value value, int k) {
    if (value instanceof Value.Several several) {
      return k < several.each().size() ? several.each().get(k) : new Value.Unknown();
    }
    return k == 0 ? value : new Value.Unknown();
  }

  /**
   * Counts elements that are kept beyond those that the file holds.
   *
   * @throws ConvoyException of kind DATA when they are more than what the file holds can mean
   */
  void spend(long elements) {
    room -= elements;
    if (room < 0) {
      throw ConvoyException.data(
          "%s: its nodes ask for more copies of its numbers than Convoy keeps", file);
    }
  }

  private void addOutput(String name) {
    Value value = values.get(name);
    if (value instanceof Value.View view) {
      value = ChannelViews.activation(name, this, view);
    }
    if (!(value instanceof Activation activation)) {
      refused.add("output '%s': it does not follow from the input".formatted(Refusals.brief(name)));
      return;
    }
    if (activation.node().equals("input")) {
      refused.add("output '%s': it is the input".formatted(Refusals.brief(name)));
      return;
    }
    if (!activation.order().equals(Value.Order.CHW)) {
      refused.add(
          "output '%s': its channels come last, and Convoy gives images as CHW"
              .formatted(Refusals.brief(name)));
      return;
    }
    assembly.output(activation);
  }

  long opset() {
    return opset;
  }

  /** The number of samples that the file is for; empty where that is free. */
  Optional<Integer> batch() {
    return input.batch();
  }

  NetworkAssembly assembly() {
    return assembly;
  }

  boolean isRead(String tensor) {
    return readers.containsKey(tensor) || outputs.contains(tensor);
  }

  boolean isOutput(String tensor) {
    return outputs.contains(tensor);
  }

  /**
   * The one node that reads what a node gives; empty where there are others, or it is an output.
   */
  Optional<OnnxNode> onlyReader(OnnxNode node) {
    String output = node.outputs().get(0);
    List<OnnxNode> all = readers.getOrDefault(output, List.of());
    return all.size() == 1 && !outputs.contains(output)
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  /** Tells that a node's work is done by one before it, which gives its output. */
  void done(OnnxNode node, Value value) {
    put(node, value);
  }

  /** What input {@code k} is. */
  Value value(OnnxNode node, int k) {
    if (!node.has(k)) {
      throw Refusal.of("input %d is missing", k + 1);
    }
    return constant(node.inputs().get(k))
        .<Value>map(Constant::new)
        .orElseGet(() -> values.get(node.inputs().get(k)));
  }

  /** Input {@code k}, which must follow from the network's input. */
  Activation activation(OnnxNode node, int k) {
    Value value = value(node, k);
    if (value instanceof Activation activation) {
      return activation;
    }
    if (value instanceof Value.View view) {
      Activation vector = ChannelViews.activation(node.name(), this, view);
      values.put(node.inputs().get(k), vector);
      return vector;
    }
    throw value instanceof Constant
        ? Refusal.of("input %d must follow from the network's input; it is a constant", k + 1)
        : Refusal.of(
            "input %d is padded, or gated, in a way that this operator does not take", k + 1);
  }

  /** Likewise, or a view of it. */
  Value seen(OnnxNode node, int k) {
    Value value = value(node, k);
    return value instanceof Value.View ? value : activation(node, k);
  }

  /** Input {@code k}, which must be an image as NCHW. */
  Activation image(OnnxNode node, int k) {
    Activation activation = activation(node, k);
    if (!activation.isImage() || activation.order().channelsLast()) {
      throw Refusal.of(
          "input %d must be images [N, C, H, W]; a sample of it is %s%s",
          k + 1, activation.dims(), activation.isImage() ? ", with channels last" : "");
    }
    return activation;
  }

  /** Numbers that input {@code k} must be. */
  OnnxTensor constant(OnnxNode node, int k) {
    return find(node, k)
        .orElseThrow(
            () -> Refusal.of("input %d must be a constant; it follows from the input", k + 1));
  }

  /** Likewise, with a fraction. */
  OnnxTensor floats(OnnxNode node, int k) {
    OnnxTensor tensor = constant(node, k);
    if (tensor.floats() == null) {
      throw Refusal.of("input %d must be of type FLOAT; it has whole numbers", k + 1);
    }
    return tensor;
  }

  /** Likewise, whole numbers. */
  long[] wholeNumbers(OnnxNode node, int k) {
    OnnxTensor tensor = constant(node, k);
    if (tensor.longs() == null) {
      throw Refusal.of("input %d must be whole numbers; it is of type FLOAT", k + 1);
    }
    return tensor.longs();
  }

  /** Numbers that input {@code k} is; empty where it follows from the network's input. */
  Optional<OnnxTensor> find(OnnxNode node, int k) {
    if (!node.has(k)) {
      throw Refusal.of("input %d is missing", k + 1);
    }
    return constant(node.inputs().get(k));
  }

  private Optional<OnnxTensor> constant(String name) {
    if (values.get(name) instanceof Constant known) {
      return Optional.of(known.tensor());
    }
    TensorProto tensor = initializers.get(name);
    if (tensor == null) {
      return Optional.empty();
    }
    OnnxTensor read = OnnxTensor.read(tensor, place(name));
    values.put(name, new Constant(read)); // however many nodes read it
    return Optional.of(read);
  }

  String place(String tensor) {
    return "%s: tensor '%s'".formatted(file, Refusals.brief(tensor));
  }
}
