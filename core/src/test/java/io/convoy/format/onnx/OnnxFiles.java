package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** ONNX files put together by hand, as other tools write them. */
final class OnnxFiles {
  static final String INPUT = "x";
  static final String OUTPUT = "y";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final long opset;

  private OnnxFiles(long opset) {
    this.opset = opset;
  }

  /**
   * A graph from {@value #INPUT}, with these dimensions behind a free batch, to {@value #OUTPUT}.
   */
  static OnnxFiles graph(int opset, int... sample) {
    OnnxFiles files = new OnnxFiles(opset);
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
    for (int dim : sample) {
      shape.addDim(Dimension.newBuilder().setDimValue(dim));
    }
    TypeProto.Tensor type = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape).build();
    files.graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(INPUT)
            .setType(TypeProto.newBuilder().setTensorType(type)));
    TypeProto.Tensor any = TypeProto.Tensor.newBuilder().setElemType(1).build();
    files.graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(OUTPUT)
            .setType(TypeProto.newBuilder().setTensorType(any)));
    return files;
  }

  OnnxFiles node(String type, List<String> inputs, String output, AttributeProto... attributes) {
    return nodes(type, inputs, List.of(output), attributes);
  }

  /** A node with several outputs. */
  OnnxFiles nodes(
      String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  OnnxFiles floats(String name, List<Integer> dims, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    dims.forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor(tensor.build());
  }

  /** So many numbers that differ. */
  OnnxFiles drawn(String name, Integer... dims) {
    int length = 1;
    for (int dim : dims) {
      length *= dim;
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2 * Networks.unit(name.hashCode() + i) - 1;
    }
    return floats(name, List.of(dims), values);
  }

  OnnxFiles longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor(tensor.build());
  }

  OnnxFiles tensor(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  byte[] bytes() {
    return model().build().toByteArray();
  }

  ModelProto.Builder model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph);
  }

  /** The same file with the numbers of each tensor one by one. */
  static byte[] withoutRawData(byte[] file) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
      for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
        if (tensor.hasRawData()) {
          float[] floats = OnnxTensor.read(tensor.build(), "test").floats();
          tensor.clearRawData();
          for (float value : floats) {
            tensor.addFloatData(value);
          }
        }
      }
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
