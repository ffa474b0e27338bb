package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.Pads;
import io.convoy.init.Initializer;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Linear;
import io.convoy.operation.Extent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code Conv}. */
final class ConvolutionOperators {
  private static final int IMAGES = 4;

  private ConvolutionOperators() {}

  static void addTo(Operators operators) {
    operators.add(
        "Conv",
        ConvolutionOperators::convolution,
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "pads",
        "strides");
  }

  private static Value convolution(OnnxNode node, GraphReader graph) {
    OnnxTensor weights = graph.floats(node, 1);
    if (weights.dims().size() != IMAGES) {
      throw Refusal.of("weights must be [O, I, H, W], of images; they are %s", weights.dims());
    }
    Value input = graph.value(node, 0);
    Pads around = input instanceof Value.Padded padded ? padded.pads() : Pads.NONE;
    if (input instanceof Activation vector && !vector.isImage()) {
      return ofPixel(node, graph, vector, weights);
    }
    Activation image = input instanceof Value.Padded padded ? padded.image() : graph.image(node, 0);
    int outputs = weights.dims().get(0);
    Extent kernel = new Extent(weights.dims().get(2), weights.dims().get(3));
    requireKernel(node, kernel);
    Extent stride = extent(node, "strides");
    Extent dilation = extent(node, "dilations");
    int groups = Math.toIntExact(node.number("group", 1));
    if (groups < 1 || (long) weights.dims().get(1) * groups != image.shape().channels()) {
      throw Refusal.of(
          "weights %s in %d groups do not fit %d channels",
          weights.dims(), groups, image.shape().channels());
    }
    Optional<Bias> bias = Bias.of(node, 2, outputs, 2, graph);
    Conv2d layer =
        new Conv2d(
            outputs,
            kernel,
            stride,
            WindowPadding.of(node, image.shape(), kernel, stride, dilation, around).padding(),
            dilation,
            groups,
            bias.isPresent(),
            Initializer.HE_NORMAL);
    Activation added = graph.assembly().plain(node.name(), layer, image);
    graph.assembly().set(added, "weight", weights.floats());
    return Bias.set(bias, added, graph);
  }

  /** Of an image of one pixel, which Convoy has as a vector, a convolution is a dense layer. */
  private static Value ofPixel(
      OnnxNode node, GraphReader graph, Activation vector, OnnxTensor weights) {
    List<Integer> dims = weights.dims();
    int channels = vector.shape().channels();
    boolean plain =
        vector.dims().equals(List.of(channels, 1, 1))
            && dims.equals(List.of(dims.get(0), channels, 1, 1))
            && node.number("group", 1) == 1
            && WindowPadding.isNone(node);
    if (!plain) {
      throw Refusal.of(
          "input 1 must be images [N, C, H, W]; a sample of it is a vector seen as %s",
          vector.dims());
    }
    Optional<Bias> bias = Bias.of(node, 2, dims.get(0), 2, graph);
    Linear layer = new Linear(dims.get(0), bias.isPresent(), Initializer.HE_NORMAL);
    Activation added =
        graph
            .assembly()
            .add(node.name(), layer, List.of(dims.get(0), 1, 1), Value.Order.CHW, vector);
    graph.assembly().set(added, "weight", weights.floats());
    return Bias.set(bias, added, graph);
  }

  static void requireKernel(OnnxNode node, Extent kernel) {
    long[] told = node.numbers("kernel_shape");
    if (told != null && !Arrays.equals(told, new long[] {kernel.height(), kernel.width()})) {
      throw Refusal.of(
          "attribute kernel_shape must be that of the weights, %s; it is %s",
          kernel, Arrays.toString(told));
    }
  }

  /** Two numbers, down and across; 1 and 1 where they are left out. */
  static Extent extent(OnnxNode node, String name) {
    long[] values = node.numbers(name);
    if (values == null) {
      return Extent.square(1);
    }
    if (values.length != 2) {
      throw Refusal.of(
          "attribute %s must be two numbers, for images; got %s", name, Arrays.toString(values));
    }
    return new Extent(Math.toIntExact(values[0]), Math.toIntExact(values[1]));
  }
}
