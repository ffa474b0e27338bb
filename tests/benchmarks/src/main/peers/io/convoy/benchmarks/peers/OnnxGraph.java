package io.convoy.benchmarks.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One of Convoy's networks as an ONNX model for inference: the layers of the networks compared. */
final class OnnxGraph {
  static final String INPUT = Network.INPUT;

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final Extent ONE = Extent.square(1);

  private final Network network;
  private final float[] state;

  /**
   * @param state weights and moving averages, in the layout of {@link Network#layout}
   */
  OnnxGraph(Network network, float[] state) {
    this.network = network;
    this.state = state;
  }

  /** The file's bytes. */
  byte[] model() {
    Shape input = network.inputShape();
    GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    graph.addInput(value(INPUT, input.channels(), input.height(), input.width()));
    for (StateLayout.Entry entry : network.layout().entries()) {
      graph.addInitializer(tensor(entry));
    }
    for (Node node : network.nodes()) {
      add(node, graph);
    }
    Node last = network.outputs().get(0);
    graph.addOutput(value(last.name(), last.shape().elements()));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, int... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    for (int extent : extents) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
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

  private TensorProto tensor(StateLayout.Entry entry) {
    ByteBuffer bytes =
        ByteBuffer.allocate(entry.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(state, entry.offset(), entry.length());
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(entry.name())
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    for (int extent : entry.parameter().shape().toArray()) {
      tensor.addDims(extent);
    }
    return tensor.build();
  }

  private static void add(Node node, GraphProto.Builder graph) {
    if (node.layer() instanceof Conv2d conv) {
      List<String> parameters = conv.bias() ? List.of("weight", "bias") : List.of("weight");
      NodeProto.Builder made = windowed("Conv", node, parameters, conv.kernel(), conv.stride());
      pad(made, node, conv.padding(), conv.kernel(), conv.stride(), conv.dilation());
      graph.addNode(
          made.addAttribute(ints("dilations", conv.dilation().height(), conv.dilation().width()))
              .addAttribute(number("group", conv.groups())));
    } else if (node.layer() instanceof MaxPool2d pool) {
      NodeProto.Builder made = windowed("MaxPool", node, List.of(), pool.kernel(), pool.stride());
      pad(made, node, pool.padding(), pool.kernel(), pool.stride(), ONE);
      graph.addNode(made);
    } else if (node.layer() instanceof BatchNorm2d norm) {
      graph.addNode(
          operator(
                  "BatchNormalization",
                  node,
                  List.of("weight", "bias", "running_mean", "running_var"))
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("epsilon")
                      .setType(AttributeProto.AttributeType.FLOAT)
                      .setF(norm.epsilon())));
    } else if (node.layer() instanceof Linear linear) {
      List<String> parameters = linear.bias() ? List.of("weight", "bias") : List.of("weight");
      graph.addNode(operator("Gemm", node, parameters).addAttribute(number("transB", 1)));
    } else if (node.layer() instanceof GlobalAvgPool) {
      String pooled = node.name() + ".pooled";
      graph.addNode(operator("GlobalAveragePool", node, List.of()).clearOutput().addOutput(pooled));
      graph.addNode(
          NodeProto.newBuilder().setOpType("Flatten").addInput(pooled).addOutput(node.name()));
    } else {
      graph.addNode(operator(plain(node), node, List.of()));
    }
  }

  private static String plain(Node node) {
    if (node.layer() instanceof Relu) {
      return "Relu";
    }
    if (node.layer() instanceof Add) {
      return "Add";
    }
    if (node.layer() instanceof Flatten) {
      return "Flatten";
    }
    if (node.layer() instanceof Dropout) {
      return "Identity";
    }
    throw ConvoyException.usage("%s: ONNX is not told of %s", node.name(), node.layer());
  }

  private static NodeProto.Builder operator(String type, Node node, List<String> parameters) {
    List<String> inputs = new ArrayList<>(node.inputs());
    parameters.forEach(parameter -> inputs.add(node.name() + "." + parameter));
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(node.name())
        .addAllInput(inputs)
        .addOutput(node.name());
  }

  private static NodeProto.Builder windowed(
      String type, Node node, List<String> parameters, Extent kernel, Extent stride) {
    return operator(type, node, parameters)
        .addAttribute(ints("kernel_shape", kernel.height(), kernel.width()))
        .addAttribute(ints("strides", stride.height(), stride.width()));
  }

  private static void pad(
      NodeProto.Builder made,
      Node node,
      Padding padding,
      Extent kernel,
      Extent stride,
      Extent dilation) {
    switch (padding.mode()) {
      case VALID -> {}
      case PIXELS -> {
        int down = padding.pixels().height();
        int across = padding.pixels().width();
        made.addAttribute(ints("pads", down, across, down, across));
      }
      case SAME -> {
        Shape input = node.inputShapes().get(0);
        int down =
            SamePadding.along(input.height(), kernel.height(), stride.height(), dilation.height());
        int across =
            SamePadding.along(input.width(), kernel.width(), stride.width(), dilation.width());
        made.addAttribute(ints("pads", down / 2, across / 2, down - down / 2, across - across / 2));
      }
    }
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
