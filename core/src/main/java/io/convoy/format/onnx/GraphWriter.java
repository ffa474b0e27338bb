package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A network's graph in ONNX, as it is being written. */
final class GraphWriter {
  /** What the first output is called. */
  static final String LOGITS = "logits";

  private static final String BATCH = "batch";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private final Set<String> taken = new HashSet<>(Set.of(Network.INPUT, LOGITS));

  /** The tensors that nodes write and parameters lie in, by Convoy's names. */
  private final Map<String, String> outputs = new HashMap<>();

  private final Map<String, String> parameters = new HashMap<>();

  /**
   * @param state weights and moving averages in the network's layout
   */
  GraphWriter(Network network, float[] state) {
    outputs.put(Network.INPUT, Network.INPUT);
    outputs.put(network.outputs().get(0).name(), LOGITS);
    graph.addInput(value(Network.INPUT, network.inputShape()));
    List<Node> nodes = network.inferenceNodes();
    Set<String> layers = nodes.stream().map(Node::name).collect(Collectors.toSet());
    for (StateLayout.Entry entry : network.layout().entries()) {
      if (layers.contains(entry.layer())) {
        String name = unique(entry.name());
        parameters.put(entry.name(), name);
        graph.addInitializer(tensor(name, entry, state));
      }
    }
    for (Node node : nodes) {
      outputs.computeIfAbsent(node.name(), this::unique);
    }
    nodes.forEach(node -> new NodeWriter(node, this).write());
    network.outputs().forEach(node -> graph.addOutput(value(output(node.name()), node.shape())));
  }

  GraphProto graph() {
    return graph.build();
  }

  /** The tensor that a node of Convoy's writes. */
  String output(String node) {
    return outputs.get(node);
  }

  /** The tensor in which a parameter lies. */
  String parameter(String name) {
    return parameters.get(name);
  }

  /** A name that no tensor has: this one, or one that no name of Convoy's is like. */
  String unique(String name) {
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + ":" + number;
    }
    return free;
  }

  void add(
      String name,
      String type,
      List<String> inputs,
      String output,
      List<AttributeProto> attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(attributes));
  }

  /** Adds a number that is no parameter. */
  String single(String name, float value) {
    String free = unique(name);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(free)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
    return free;
  }

  /** Adds numbers that are no parameter. */
  String constants(String name, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(unique(name))
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Adds whole numbers that are no parameter. */
  String constant(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(unique(name))
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  private static TensorProto tensor(String name, StateLayout.Entry entry, float[] state) {
    ByteBuffer bytes =
        ByteBuffer.allocate(entry.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(state, entry.offset(), entry.length());
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
    for (int extent : entry.parameter().shape().toArray()) {
      tensor.addDims(extent);
    }
    return tensor.build();
  }

  /** A tensor of samples, as many as there are. */
  private static ValueInfoProto value(String name, Shape sample) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(sample.channels()));
    if (sample.isImage()) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(sample.height()));
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(sample.width()));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
