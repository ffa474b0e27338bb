package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.Constant;
import io.convoy.format.onnx.Value.Several;
import io.convoy.format.onnx.Value.View;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Maxout;
import io.convoy.layer.SelectChannels;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that choose among channels. */
final class ChannelOperators {
  private ChannelOperators() {}

  static void addTo(Operators operators) {
    operators.add("Gather", ChannelOperators::gather, "axis");
    operators.add("Split", ChannelOperators::split, "axis", "split", "num_outputs");
    operators.add("Slice", ChannelOperators::slice, "axes", "starts", "ends");
    operators.add(
        "ReduceMax", ChannelOperators::maximum, "axes", "keepdims", "noop_with_empty_axes");
  }

  /** The axis of the channels in ONNX. */
  static int axis(Activation input) {
    return input.dims().size() - ArithmeticOperators.behindChannels(input);
  }

  private static void requireChannels(Activation input, long axis) {
    if (ShapeOperators.axis(axis, 1 + input.dims().size()) != axis(input)) {
      throw Refusal.of(
          "attribute axis is %d; Convoy chooses among channels, axis %d", axis, axis(input));
    }
  }

  private static Value gather(OnnxNode node, GraphReader graph) {
    if (graph.value(node, 0) instanceof Constant) {
      return ConstantOperators.gather(node, graph);
    }
    Activation input = graph.activation(node, 0);
    requireChannels(input, node.number("axis", 0));
    OnnxTensor places = graph.constant(node, 1);
    if (places.longs() == null || places.dims().size() != 1) {
      throw Refusal.of("indices must be a list of whole numbers; they are %s", places.dims());
    }
    List<Integer> channels = new ArrayList<>();
    for (long place : places.longs()) {
      channels.add(ShapeOperators.axis(place, input.shape().channels()));
    }
    return select(node.name(), graph, input, channels);
  }

  private static Activation select(
      String name, GraphReader graph, Activation input, List<Integer> channels) {
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.set(axis(input) - 1, channels.size());
    graph.spend(channels.size());
    return graph.assembly().add(name, new SelectChannels(channels), dims, input.order(), input);
  }

  private static Activation range(
      String name, GraphReader graph, Activation input, long from, long until) {
    int channels = input.shape().channels();
    if (from < 0 || from >= until || until > channels) {
      throw Refusal.of("channels %d to %d of %d are none", from, until, channels);
    }
    if (until - from == channels) {
      return input;
    }
    graph.spend(until - from); // before they are listed
    List<Integer> list = SelectChannels.range((int) from, (int) until).channels();
    return select(name, graph, input, list);
  }

  private static Value split(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    requireChannels(input, node.number("axis", 0));
    int parts = node.outputs().size();
    int channels = input.shape().channels();
    long[] lengths = node.has(1) ? graph.wholeNumbers(node, 1) : node.numbers("split");
    if (lengths == null) {
      long each = (channels + parts - 1L) / parts;
      lengths = new long[parts];
      Arrays.fill(lengths, each);
      lengths[parts - 1] = channels - each * (parts - 1);
    }
    if (lengths.length != parts || Arrays.stream(lengths).sum() != channels) {
      throw Refusal.of("%d channels cannot be split into %s", channels, Arrays.toString(lengths));
    }
    List<Value> values = new ArrayList<>();
    long from = 0;
    for (int k = 0; k < parts; k++) {
      boolean read = node.gives(k) && graph.isRead(node.outputs().get(k));
      values.add(
          read ? range(node.name(), graph, input, from, from + lengths[k]) : new Value.Unknown());
      from += lengths[k];
    }
    return new Several(values);
  }

  private static long[] numbers(OnnxNode node, GraphReader graph, int input, String attribute) {
    return node.has(input) ? graph.wholeNumbers(node, input) : node.numbers(attribute);
  }

  /** Some channels, each how many-th of them, and each how many-th pixel. */
  private static Value slice(OnnxNode node, GraphReader graph) {
    long[] starts = numbers(node, graph, 1, "starts");
    long[] ends = numbers(node, graph, 2, "ends");
    if (starts == null || ends == null || starts.length != ends.length) {
      throw new Refusal("starts and ends must be as many numbers");
    }
    long[] axes = numbers(node, graph, 3, "axes");
    long[] steps = node.has(4) ? graph.wholeNumbers(node, 4) : null;
    if (graph.value(node, 0) instanceof Constant constant) {
      return ConstantOperators.sliced(constant.tensor(), starts, ends, axes, steps);
    }
    Activation input = graph.activation(node, 0);
    int rank = 1 + input.dims().size();
    long[] each = new long[rank];
    Arrays.fill(each, 1);
    Activation result = input;
    for (int i = 0; i < starts.length; i++) {
      int axis = ShapeOperators.axis(axes == null ? i : axes[i], rank);
      long step = steps == null ? 1 : steps[i];
      int size = axis == 0 ? Integer.MAX_VALUE : input.dims().get(axis - 1);
      long from = bound(starts[i], size);
      long until = bound(ends[i], size);
      if (axis == axis(input) && step == 1) {
        result = range(node.name(), graph, result, from, until);
      } else if (from != 0 || until != size || step < 1 || (axis == 0 && step != 1)) {
        throw Refusal.of(
            "axis %d from %d to %d by %d: Convoy takes a range of channels, and each how"
                + " many-th pixel of all",
            axis, starts[i], ends[i], step);
      } else {
        each[axis] = step;
      }
    }
    return pixels(node, graph, result, each);
  }

  private static long bound(long place, int size) {
    return Math.max(0, Math.min(size, place < 0 ? place + size : place));
  }

  /** Each how many-th pixel: a maximum over one. */
  private static Activation pixels(
      OnnxNode node, GraphReader graph, Activation input, long[] each) {
    if (Arrays.stream(each).allMatch(step -> step == 1)) {
      return input;
    }
    boolean image = input.isImage() && !input.order().channelsLast() && each[1] == 1;
    if (!image) {
      throw Refusal.of("steps %s of a sample %s", Arrays.toString(each), input.dims());
    }
    Extent stride = new Extent(Math.toIntExact(each[2]), Math.toIntExact(each[3]));
    MaxPool2d layer = new MaxPool2d(Extent.square(1), stride, Padding.VALID);
    return graph.assembly().plain(node.name(), layer, input);
  }

  /** A maximum over pieces of channels, or over space. */
  private static Value maximum(OnnxNode node, GraphReader graph) {
    long[] axes = numbers(node, graph, 1, "axes");
    boolean keeps = node.number("keepdims", 1) != 0;
    Value input = graph.seen(node, 0);
    if (axes != null && axes.length == 2 && input instanceof Activation image) {
      return PoolingOperators.overSpace(node, graph, image, new GlobalMaxPool());
    }
    View view = input instanceof View seen ? seen : view((Activation) input);
    boolean last = view.of().isImage() && view.of().order().channelsLast();
    int rank = 1 + ChannelViews.dims(view).size();
    int axis =
        axes == null || axes.length != 1 ? -1 : ShapeOperators.axis(axes[0], rank) - (last ? 3 : 1);
    if (axis < 0 || axis >= view.extents().size()) {
      throw Refusal.of(
          "axes %s: Convoy takes a maximum over pieces of channels, or over space",
          Arrays.toString(axes));
    }
    return maxout(node.name(), graph, view, axis, keeps);
  }

  private static View view(Activation input) {
    List<Integer> extents = input.isImage() ? List.of(input.shape().channels()) : input.dims();
    if (input.order().flattened() != null) {
      throw Refusal.of("channels cannot be told in a vector seen as %s", input.dims());
    }
    return ChannelViews.view(input, extents);
  }

  private static Value maxout(String name, GraphReader graph, View view, int axis, boolean keeps) {
    List<Integer> extents = new ArrayList<>(view.extents());
    List<Integer> steps = new ArrayList<>(view.steps());
    int pieces = extents.remove(axis);
    List<Integer> left = new ArrayList<>(extents);
    extents.add(pieces);
    steps.add(steps.remove(axis));
    Activation neighbours = ChannelViews.joined(name, graph, new View(view.of(), extents, steps));
    Maxout layer = new Maxout(pieces);
    int channels = neighbours.shape().channels() / pieces;
    Activation most;
    if (neighbours.isImage()) {
      List<Integer> dims = new ArrayList<>(neighbours.dims());
      dims.set(axis(neighbours) - 1, channels);
      most = graph.assembly().add(name, layer, dims, neighbours.order(), neighbours);
    } else {
      most = graph.assembly().plain(name, layer, neighbours);
    }
    if (keeps) {
      left.add(axis, 1);
    }
    if (!most.isImage()) {
      return most.as(left);
    }
    if (left.isEmpty()) {
      throw Refusal.of("a maximum over all channels of an image keeps their dimension in Convoy");
    }
    return left.size() == 1 ? most : ChannelViews.view(most, left);
  }
}
