package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.init.Initializer;
import io.convoy.layer.ConvTranspose2d;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import java.util.Arrays;
import java.util.Optional;

/** {@code ConvTranspose}. */
final class TransposedConvolution {
  private TransposedConvolution() {}

  static void addTo(Operators operators) {
    operators.add(
        "ConvTranspose",
        TransposedConvolution::read,
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "output_padding",
        "output_shape",
        "pads",
        "strides");
  }

  private static Value read(OnnxNode node, GraphReader graph) {
    OnnxTensor weights = graph.floats(node, 1);
    Activation image = graph.image(node, 0);
    int groups = Math.toIntExact(node.number("group", 1));
    if (weights.dims().size() != 4 || weights.dims().get(0) != image.shape().channels()) {
      throw Refusal.of("weights must be [C, O, H, W], of images; they are %s", weights.dims());
    }
    Extent kernel = new Extent(weights.dims().get(2), weights.dims().get(3));
    ConvolutionOperators.requireKernel(node, kernel);
    Extent stride = ConvolutionOperators.extent(node, "strides");
    Extent dilation = ConvolutionOperators.extent(node, "dilations");
    Extent more =
        node.numbers("output_padding") == null
            ? Extent.square(0)
            : ConvolutionOperators.extent(node, "output_padding");
    long[] down =
        cut(
            node,
            0,
            image.shape().height(),
            kernel.height(),
            stride.height(),
            dilation.height(),
            more.height());
    long[] across =
        cut(
            node,
            1,
            image.shape().width(),
            kernel.width(),
            stride.width(),
            dilation.width(),
            more.width());
    Padding padding =
        new Padding(
            Padding.Mode.PIXELS,
            new Extent((int) down[0], (int) across[0]),
            new Extent((int) down[1], (int) across[1]));
    int outputs = Math.multiplyExact(weights.dims().get(1), groups);
    Optional<Bias> bias = Bias.of(node, 2, outputs, 2, graph);
    ConvTranspose2d layer =
        new ConvTranspose2d(
            outputs,
            kernel,
            stride,
            padding,
            new Extent((int) down[2], (int) across[2]),
            dilation,
            groups,
            bias.isPresent(),
            Initializer.HE_NORMAL);
    Activation added = graph.assembly().plain(node.name(), layer, image);
    graph.assembly().set(added, "weight", weights.floats());
    return Bias.set(bias, added, graph);
  }

  /** Pixels that are cut off before and after an axis of the output, and those that are added. */
  private static long[] cut(
      OnnxNode node, int axis, int size, int kernel, int stride, int dilation, int more) {
    String auto = node.text("auto_pad", "NOTSET");
    long[] outputs = node.numbers("output_shape");
    long[] pads = node.numbers("pads");
    if (outputs == null && auto.equals("NOTSET")) {
      long[] four = pads == null ? new long[4] : pads;
      if (four.length != 4 || Arrays.stream(four).anyMatch(cut -> cut < 0 || cut > 1 << 20)) {
        throw Refusal.of(
            "attribute pads must be four numbers, at least 0; got %s", Arrays.toString(four));
      }
      return new long[] {four[axis], four[axis + 2], more};
    }
    if (outputs != null && outputs.length != 2) {
      throw Refusal.of(
          "attribute output_shape must be two numbers; got %s", Arrays.toString(outputs));
    }
    long whole = (size - 1L) * stride + (kernel - 1L) * dilation + 1 + more;
    boolean same = auto.equals("SAME_UPPER") || auto.equals("SAME_LOWER");
    long wanted = outputs != null ? outputs[axis] : same ? (long) size * stride : whole;
    long total = whole - wanted;
    if (total < 0 && total > -stride) {
      return new long[] {0, 0, more - total};
    }
    if (total < 0 || total > 1 << 20) {
      throw Refusal.of("an output of %d pixels must be cut out of %d", wanted, whole);
    }
    long before = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
    return new long[] {before, total - before, more};
  }
}
