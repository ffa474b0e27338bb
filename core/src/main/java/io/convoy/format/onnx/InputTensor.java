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
   * @param size of the images, where whoever reads the file says it: for sizes that are free there
   * @param readers of each tensor: those of the input tell where its channels stand
   */
  static InputTensor of(
      GraphProto graph,
      Set<String> constants,
      Map<String, List<OnnxNode>> readers,
      Optional<Shape> size,
      String file) {
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
    long batch = dims.get(0).getDimValue();
    boolean images = dims.size() == IMAGES;
    boolean channelsLast = images && channelsLast(readers.get(input.getName()));
    List<Integer> given = images ? size.map(one -> given(one, channelsLast)).orElse(null) : null;
    List<Integer> sample = sample(dims.subList(1, dims.size()), given, place);
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

  private static List<Integer> given(Shape size, boolean channelsLast) {
    return channelsLast
        ? List.of(size.height(), size.width(), size.channels())
        : List.of(size.channels(), size.height(), size.width());
  }

  /** The dimensions of a sample: those of the file, and what is given where those are free. */
  private static List<Integer> sample(List<Dimension> dims, List<Integer> given, String place) {
    List<Integer> sample = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      Dimension dim = dims.get(i);
      boolean free = !dim.hasDimValue() || dim.getDimValue() <= 0;
      long extent = free && given != null ? given.get(i) : dim.getDimValue();
      if (extent < 1 || extent > Integer.MAX_VALUE) {
        throw ConvoyException.usage(
            "%s: the size of a sample must be known; got %s, a free one: give --input"
                + " HEIGHT,WIDTH,CHANNELS",
            place, Refusals.brief(dim.hasDimParam() ? dim.getDimParam() : "" + dim.getDimValue()));
      }
      sample.add((int) extent);
    }
    return sample;
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
