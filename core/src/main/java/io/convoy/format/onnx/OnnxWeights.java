package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The arrays of an ONNX file by their names, whatever the operators that read them: those that
 * PyTorch and Convoy export are called as in the state dictionary.
 */
public final class OnnxWeights {
  /** One array of the file. */
  public static final class Tensor {
    private final TensorProto tensor;
    private final String place;

    /** Whether its rows are a matrix's columns. */
    private final boolean turned;

    private Tensor(TensorProto tensor, String place, boolean turned) {
      this.tensor = tensor;
      this.place = place;
      this.turned = turned;
    }

    /** As the file calls it. */
    public String name() {
      return tensor.getName();
    }

    /** The extents in canonical order: kernels OIHW, dense weights [out, in]. */
    public List<Long> shape() {
      List<Long> dims = tensor.getDimsList();
      return turned ? List.of(dims.get(1), dims.get(0)) : List.copyOf(dims);
    }

    /** The type of its elements by the name that ONNX has for it. */
    public String type() {
      TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
      return type == null ? "no type" : type.name();
    }

    /**
     * The elements as floats, in the order of {@link #shape}.
     *
     * @throws ConvoyException of kind DATA when the file holds another number of them, USAGE when
     *     they are no numbers with a fraction
     */
    public float[] values() {
      OnnxTensor read;
      try {
        read = OnnxTensor.read(tensor, place);
      } catch (Refusal e) {
        throw ConvoyException.usage("%s", e.getMessage());
      }
      if (read.floats() == null) {
        throw ConvoyException.usage("%s has whole numbers; weights are floats", place);
      }
      return turned ? ConstantOperators.transposed(read, null).floats() : read.floats();
    }
  }

  private OnnxWeights() {}

  /**
   * The arrays of a file, but for numbers that are no weights: single ones and whole ones.
   *
   * @param bytes of the whole file
   * @param file its name, for messages
   * @throws ConvoyException of kind DATA when it is no ONNX file, or a damaged one
   */
  public static List<Tensor> read(byte[] bytes, String file) {
    GraphProto graph = OnnxFile.parse(bytes, file).getGraph();
    Set<String> turned = turned(graph);
    Set<String> names = new HashSet<>();
    List<Tensor> tensors = new ArrayList<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (!names.add(tensor.getName())) {
        throw ConvoyException.data(
            "%s holds two tensors named '%s'", file, Refusals.brief(tensor.getName()));
      }
      if (tensor.getDimsCount() > 0 && hasFraction(tensor)) {
        String place = "%s: tensor '%s'".formatted(file, Refusals.brief(tensor.getName()));
        boolean matrix = tensor.getDimsCount() == 2;
        tensors.add(new Tensor(tensor, place, matrix && turned.contains(tensor.getName())));
      }
    }
    return tensors;
  }

  private static boolean hasFraction(TensorProto tensor) {
    return switch (tensor.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.DOUBLE_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.BFLOAT16_VALUE ->
          true;
      default -> false; // a number of the file's: there may be any
    };
  }

  /** Matrices that have a column for each output. */
  private static Set<String> turned(GraphProto graph) {
    Set<String> turned = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      boolean columns =
          node.getOpType().equals("MatMul")
              || (node.getOpType().equals("Gemm")
                  && node.getAttributeList().stream().noneMatch(OnnxWeights::isTransposed));
      if (columns && node.getInputCount() > 1) {
        turned.add(node.getInput(1));
      }
    }
    return turned;
  }

  private static boolean isTransposed(AttributeProto attribute) {
    return attribute.getName().equals("transB") && attribute.getI() != 0;
  }
}
