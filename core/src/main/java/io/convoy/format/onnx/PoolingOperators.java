package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.Pads;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.Layer;
import io.convoy.layer.MaxPool2d;
import io.convoy.operation.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Poolings over windows and over whole images. */
final class PoolingOperators {
  private static final String[] WINDOWS = {
    "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "strides"
  };

  private PoolingOperators() {}

  static void addTo(Operators operators) {
    operators.add("MaxPool", PoolingOperators::maximum, with("storage_order"));
    operators.add("AveragePool", PoolingOperators::average, with("count_include_pad"));
    operators.add("GlobalAveragePool", (node, graph) -> whole(node, graph, new GlobalAvgPool()));
    operators.add("GlobalMaxPool", (node, graph) -> whole(node, graph, new GlobalMaxPool()));
    operators.add("ReduceMean", PoolingOperators::mean, "axes", "keepdims", "noop_with_empty_axes");
  }

  private static String[] with(String more) {
    List<String> all = new ArrayList<>(List.of(WINDOWS));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private static Value maximum(OnnxNode node, GraphReader graph) {
    Activation image = graph.image(node, 0);
    Extent kernel = kernel(node);
    Extent stride = ConvolutionOperators.extent(node, "strides");
    WindowPadding windows = windows(node, image, kernel, stride);
    return graph
        .assembly()
        .plain(node.name(), new MaxPool2d(kernel, stride, windows.padding()), image);
  }

  private static Value average(OnnxNode node, GraphReader graph) {
    Activation image = graph.image(node, 0);
    Extent kernel = kernel(node);
    Extent stride = ConvolutionOperators.extent(node, "strides");
    WindowPadding windows = windows(node, image, kernel, stride);
    boolean counts = node.number("count_include_pad", 0) != 0;
    if (counts && windows.overhangs()) {
      AvgPool2d part = new AvgPool2d(kernel, stride, windows.given(), true, true);
      return graph.assembly().plain(node.name(), part, image);
    }
    return graph
        .assembly()
        .plain(node.name(), new AvgPool2d(kernel, stride, windows.padding(), counts, false), image);
  }

  private static Extent kernel(OnnxNode node) {
    Extent dilation = ConvolutionOperators.extent(node, "dilations");
    if (!dilation.equals(Extent.square(1))) {
      throw Refusal.of("attribute dilations is %s; Convoy's poolings have no dilation", dilation);
    }
    if (node.numbers("kernel_shape") == null) {
      throw new Refusal("attribute kernel_shape is missing");
    }
    return ConvolutionOperators.extent(node, "kernel_shape")
        .atLeastOne(node.type(), "kernel_shape");
  }

  private static WindowPadding windows(
      OnnxNode node, Activation image, Extent kernel, Extent stride) {
    stride.atLeastOne(node.type(), "strides");
    return WindowPadding.of(node, image.shape(), kernel, stride, Extent.square(1), Pads.NONE);
  }

  private static Value whole(OnnxNode node, GraphReader graph, Layer layer) {
    Activation input = graph.activation(node, 0);
    int channels = input.shape().channels();
    if (!input.isImage() && input.dims().equals(List.of(channels, 1, 1))) {
      return input;
    }
    return graph
        .assembly()
        .add(node.name(), layer, List.of(channels, 1, 1), Value.Order.CHW, graph.image(node, 0));
  }

  /** A mean over space. */
  private static Value mean(OnnxNode node, GraphReader graph) {
    return overSpace(node, graph, graph.activation(node, 0), new GlobalAvgPool());
  }

  /** One number a channel, by a layer that takes the image as a whole. */
  static Value overSpace(OnnxNode node, GraphReader graph, Activation image, Layer layer) {
    long[] axes = node.has(1) ? graph.wholeNumbers(node, 1) : node.numbers("axes");
    int rank = image.dims().size() + 1;
    Set<Integer> over = new TreeSet<>();
    for (long axis : axes == null ? new long[0] : axes) {
      over.add(ShapeOperators.axis(axis, rank));
    }
    boolean last = image.order().channelsLast();
    if (!image.isImage() || !over.equals(last ? Set.of(1, 2) : Set.of(2, 3))) {
      throw Refusal.of(
          "Convoy takes means and maxima over the space of images; got axes %s of a sample %s",
          over, image.dims());
    }
    int channels = image.shape().channels();
    boolean keeps = node.number("keepdims", 1) != 0;
    List<Integer> pixel = last ? List.of(1, 1, channels) : List.of(channels, 1, 1);
    List<Integer> dims = keeps ? pixel : List.of(channels);
    return graph.assembly().add(node.name(), layer, dims, Value.Order.CHW, image);
  }
}
