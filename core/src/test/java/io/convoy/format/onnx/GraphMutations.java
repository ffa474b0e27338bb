package io.convoy.format.onnx;

import static io.convoy.reference.Mutations.below;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.util.List;

/** Files that are ONNX, whose graphs say something else than they should. */
final class GraphMutations {
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    64,
    -1,
    -2,
    1000,
    1 << 20,
    1 << 30,
    Integer.MAX_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final float[] FLOATS = {
    0, 1, -1, 0.5f, 6, 1e-30f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE
  };

  private static final List<String> TYPES = List.copyOf(new Operators().types());

  private final ModelProto.Builder model;
  private final GraphProto.Builder graph;
  private final int round;
  private int draws;

  private GraphMutations(ModelProto whole, int round) {
    model = whole.toBuilder();
    graph = model.getGraphBuilder();
    this.round = round;
  }

  /** One to four things changed. */
  static byte[] changed(ModelProto whole, int round) {
    GraphMutations mutations = new GraphMutations(whole, round);
    int changes = 1 + mutations.draw(4);
    for (int i = 0; i < changes; i++) {
      mutations.change();
    }
    return mutations.model.build().toByteArray();
  }

  private int draw(int bound) {
    return below(bound, round, draws++);
  }

  private long number() {
    return NUMBERS[draw(NUMBERS.length)];
  }

  private void change() {
    if (graph.getNodeCount() == 0) {
      return;
    }
    NodeProto.Builder node = graph.getNodeBuilder(draw(graph.getNodeCount()));
    switch (draw(12)) {
      case 0 -> node.setOpType(TYPES.get(draw(TYPES.size())));
      case 1, 2 -> attribute(node);
      case 3 -> node.addInput(tensor());
      case 4 -> {
        if (node.getInputCount() > 0) {
          node.setInput(draw(node.getInputCount()), tensor());
        }
      }
      case 5 -> graph.removeNode(draw(graph.getNodeCount()));
      case 6 -> graph.addNode(draw(graph.getNodeCount()), node.build());
      case 7 -> input();
      case 8, 9 -> initializer();
      case 10 -> model.getOpsetImportBuilder(0).setVersion(5 + draw(24));
      default -> inserted(node);
    }
  }

  /** Some tensor's name, of a node or of the file's. */
  private String tensor() {
    if (draw(2) == 0 && graph.getInitializerCount() > 0) {
      return graph.getInitializer(draw(graph.getInitializerCount())).getName();
    }
    NodeProto node = graph.getNode(draw(graph.getNodeCount()));
    return node.getOutputCount() > 0 ? node.getOutput(0) : "";
  }

  private void attribute(NodeProto.Builder node) {
    if (node.getAttributeCount() == 0) {
      return;
    }
    AttributeProto.Builder attribute = node.getAttributeBuilder(draw(node.getAttributeCount()));
    switch (draw(5)) {
      case 0 -> attribute.setI(number());
      case 1 -> attribute.setF(FLOATS[draw(FLOATS.length)]);
      case 2 -> attribute.addInts(number());
      case 3 -> node.removeAttribute(draw(node.getAttributeCount()));
      default -> {
        if (attribute.getIntsCount() > 0) {
          attribute.setInts(draw(attribute.getIntsCount()), number());
        }
      }
    }
  }

  private void input() {
    TensorShapeProto.Builder shape =
        graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    if (shape.getDimCount() > 0) {
      shape.getDimBuilder(draw(shape.getDimCount())).setDimValue(number());
    }
  }

  private void initializer() {
    if (graph.getInitializerCount() == 0) {
      return;
    }
    TensorProto.Builder tensor = graph.getInitializerBuilder(draw(graph.getInitializerCount()));
    switch (draw(4)) {
      case 0 -> tensor.addDims(number());
      case 1 -> tensor.setDataType(draw(24));
      case 2 -> {
        if (tensor.getInt64DataCount() > 0) {
          tensor.setInt64Data(draw(tensor.getInt64DataCount()), number());
        } else if (tensor.getFloatDataCount() > 0) {
          tensor.setFloatData(draw(tensor.getFloatDataCount()), FLOATS[draw(FLOATS.length)]);
        }
      }
      default -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(draw(tensor.getDimsCount()), number());
        }
      }
    }
  }

  /** An operator between a node and who reads it. */
  private void inserted(NodeProto.Builder node) {
    if (node.getOutputCount() == 0) {
      return;
    }
    String output = node.getOutput(0);
    node.setOutput(0, output + ".inner");
    NodeProto.Builder added =
        NodeProto.newBuilder()
            .setOpType(TYPES.get(draw(TYPES.size())))
            .addInput(output + ".inner")
            .addOutput(output);
    if (draw(2) == 0) {
      added.addInput(tensor());
    }
    graph.addNode(added);
    int at = 0;
    while (at < graph.getNodeCount()
        && !graph.getNode(at).getOutputList().contains(output + ".inner")) {
      at++;
    }
    NodeProto moved = graph.getNode(graph.getNodeCount() - 1);
    graph.removeNode(graph.getNodeCount() - 1);
    graph.addNode(Math.min(at + 1, graph.getNodeCount()), moved);
  }
}
