package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/**
 * A test of one operator as a network of one input. The operator stands between dropouts: so there
 * is a layer whatever becomes of it, and a softmax is not the end.
 */
final class OperatorGraph {
  private static final String PACKED = "packed";

  private OperatorGraph() {}

  /** All inputs but the first are constants. */
  static byte[] withConstants(ModelProto model, List<TensorProto> inputs) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    List<ValueInfoProto> values = List.copyOf(graph.getInputList());
    graph.clearInput().addInput(values.get(0));
    String given = values.get(0).getName();
    rename(graph, given, given + ".passed");
    graph.addNode(0, node("Dropout", given, given + ".passed"));
    for (int k = 1; k < values.size(); k++) {
      graph.addInitializer(inputs.get(k).toBuilder().setName(values.get(k).getName()));
    }
    return ended(model, graph);
  }

  /** Whether all inputs are floats, as many samples each. */
  static boolean canPack(List<TensorProto> inputs) {
    return inputs.size() > 1
        && inputs.stream()
            .allMatch(
                input ->
                    input.getDataType() == TensorProto.DataType.FLOAT_VALUE
                        && input.getDimsCount() > 0
                        && input.getDims(0) == inputs.get(0).getDims(0));
  }

  /** All inputs side by side, sample after sample. */
  static float[] packed(List<TensorProto> inputs) {
    int samples = (int) inputs.get(0).getDims(0);
    int length = 0;
    for (TensorProto input : inputs) {
      length += elements(input);
    }
    float[] packed = new float[samples * length];
    int to = 0;
    for (int n = 0; n < samples; n++) {
      for (TensorProto input : inputs) {
        float[] values = OnnxTensor.read(input, "test").floats();
        System.arraycopy(values, n * elements(input), packed, to, elements(input));
        to += elements(input);
      }
    }
    return packed;
  }

  /** The elements of a sample. */
  private static int elements(TensorProto input) {
    return (int) (OnnxTensor.read(input, "test").length() / input.getDims(0));
  }

  /** All inputs are cut out of one. */
  static byte[] withPackedInputs(ModelProto model, List<TensorProto> inputs) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    List<NodeProto> nodes = new ArrayList<>(List.of(node("Dropout", PACKED, "passed")));
    int from = 0;
    for (int k = 0; k < inputs.size(); k++) {
      int until = from + elements(inputs.get(k));
      long[] places = new long[until - from];
      long[] dims = new long[inputs.get(k).getDimsCount()];
      for (int i = 0; i < places.length; i++) {
        places[i] = (long) from + i;
      }
      for (int i = 0; i < dims.length; i++) {
        dims[i] = inputs.get(k).getDims(i);
      }
      graph.addInitializer(longs("places" + k, places)).addInitializer(longs("dims" + k, dims));
      AttributeProto axis = Attributes.number("axis", 1);
      nodes.add(
          node("Gather", "passed", "cut" + k).toBuilder()
              .addInput("places" + k)
              .addAttribute(axis)
              .build());
      nodes.add(
          node("Reshape", "cut" + k, graph.getInput(k).getName()).toBuilder()
              .addInput("dims" + k)
              .build());
      from = until;
    }
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimValue(inputs.get(0).getDims(0)))
            .addDim(Dimension.newBuilder().setDimValue(from));
    TypeProto.Tensor type = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape).build();
    graph
        .clearInput()
        .addInput(
            ValueInfoProto.newBuilder()
                .setName(PACKED)
                .setType(TypeProto.newBuilder().setTensorType(type)));
    nodes.addAll(graph.getNodeList());
    graph.clearNode().addAllNode(nodes);
    return ended(model, graph);
  }

  private static TensorProto longs(String name, long[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static NodeProto node(String type, String input, String output) {
    return NodeProto.newBuilder().setOpType(type).addInput(input).addOutput(output).build();
  }

  private static void rename(GraphProto.Builder graph, String from, String to) {
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int k = 0; k < node.getInputCount(); k++) {
        if (node.getInput(k).equals(from)) {
          node.setInput(k, to);
        }
      }
    }
  }

  /** Its first output alone: no mask, no index. */
  private static byte[] ended(ModelProto model, GraphProto.Builder graph) {
    ValueInfoProto output = graph.getOutput(0);
    graph.clearOutput().addOutput(output.toBuilder().setName("end"));
    graph.addNode(node("Dropout", output.getName(), "end"));
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }
}
