package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.convoy.error.ConvoyException;
import io.convoy.format.onnx.Value.Activation;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The input of an ONNX graph.
 *
 * @param shape of one sample in Convoy
 * @param value what its nodes read
 * @param batch the number of samples that the file is for; empty where that is free
 */
record InputTensor(String name, Shape shape, Activation value, Optional<Integer> batch) {
  private static final int IMAGES = 4;

  /**
   * @param constants tensors that the file holds, which older files list among their inputs
   * @param readers of each tensor: those of the input tell where its channels stand
   */
  static InputTensor of(
      GraphProto graph, Set<String> constants, Map<String, List<OnnxNode>> readers, String file) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(one -> !constants.contains(one.getName())).toList();
    if (inputs.size() != 1) {
      throw ConvoyException.usage(
          "%s: a network of Convoy's has one input; the file has %d: %s",
          file,
          inputs.size(),
          Refusals.text(inputs.stream().map(one -> Refusals.brief(one.getName())).toList()));
    }
    ValueInfoProto input = inputs.get(0);
    String place = "%s: input '%s'".formatted(file, Refusals.brief(input.getName()));
    TypeProto.Tensor type = input.getType().getTensorType();
    if (!input.getType().hasTensorType()
        || type.getElemType() != TensorProto.DataType.FLOAT_VALUE) {
      throw ConvoyException.usage("%s must be a tensor of type FLOAT", place);
    }
    List<Dimension> dims = type.getShape().getDimList();
    if (dims.isEmpty() || dims.size() > IMAGES + 1) {
      throw ConvoyException.usage(
          "%s must be images [N, C, H, W], or vectors [N, F]; it has %d dimensions",
          place, dims.size());
    }
    List<Integer> sample = new ArrayList<>();
    for (Dimension dim : dims.subList(1, dims.size())) {
      if (dim.getDimValue() < 1 || dim.getDimValue() > Integer.MAX_VALUE) {
        throw ConvoyException.usage(
            "%s: only the number of samples may be free, and the rest is above 0; got %s",
            place, Refusals.brief(dim.hasDimParam() ? dim.getDimParam() : "" + dim.getDimValue()));
      }
      sample.add((int) dim.getDimValue());
    }
    long batch = dims.get(0).getDimValue();
    boolean channelsLast =
        sample.size() == IMAGES - 1 && channelsLast(readers.get(input.getName()));
    Shape shape;
    try {
      shape = shape(sample, channelsLast);
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), place + ": " + e.getMessage(), e);
    }
    return new InputTensor(
        input.getName(),
        shape,
        new Activation(
            Network.INPUT, shape, sample, channelsLast ? Value.Order.HWC : Value.Order.CHW),
        batch > 0 && batch < Integer.MAX_VALUE ? Optional.of((int) batch) : Optional.empty());
  }

  /** Whether each node that reads the input brings its last dimension to the channels' place. */
  private static boolean channelsLast(List<OnnxNode> readers) {
    long[] toChannelsFirst = {0, 3, 1, 2};
    return readers != null
        && readers.stream()
            .allMatch(
                node ->
                    node.type().equals("Transpose")
                        && Arrays.equals(node.numbers("perm"), toChannelsFirst));
  }

  private static Shape shape(List<Integer> sample, boolean channelsLast) {
    if (sample.size() != IMAGES - 1) {
      long elements = 1;
      for (int dim : sample) {
        elements = Math.min(Integer.MAX_VALUE, elements * dim); // Shape refuses that many
      }
      return Shape.of((int) elements);
    }
    return channelsLast
        ? Shape.of(sample.get(0), sample.get(1), sample.get(2))
        : Shape.of(sample.get(1), sample.get(2), sample.get(0));
  }
}
