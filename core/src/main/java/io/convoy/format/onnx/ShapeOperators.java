package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.Constant;
import io.convoy.layer.Concat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Operators that move elements, or see them in other dimensions. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(Operators operators) {
    operators.add("Flatten", ShapeOperators::flatten, "axis");
    operators.add("Reshape", ShapeOperators::reshape, "allowzero");
    operators.add("Squeeze", ShapeOperators::squeeze, "axes");
    operators.add("Unsqueeze", ShapeOperators::unsqueeze, "axes");
    operators.add("Transpose", ShapeOperators::transpose, "perm");
    operators.add("Concat", ShapeOperators::concat, "axis");
  }

  /** An axis counted from the first. */
  static int axis(long axis, int rank) {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw Refusal.of("axis %d is none of %d dimensions", axis, rank);
    }
    return (int) counted;
  }

  private static Value flatten(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    int rank = input.dims().size() + 1;
    long told = node.number("axis", 1);
    if ((told < 0 ? told + rank : told) != 1) {
      throw Refusal.of("attribute axis is %d; Convoy flattens samples one by one, axis 1", told);
    }
    return graph.assembly().flat(node.name(), input);
  }

  private static Value reshape(OnnxNode node, GraphReader graph) {
    long[] shape = graph.wholeNumbers(node, 1);
    if (graph.value(node, 0) instanceof Constant constant) {
      return new Constant(constant.tensor().as(ConstantOperators.dims(shape, constant.tensor())));
    }
    Value input = graph.seen(node, 0);
    List<Integer> dims = SampleShape.of(node, shape, ChannelViews.dims(input), graph.batch());
    return ChannelViews.reshaped(node.name(), graph, input, dims);
  }

  private static long[] axes(OnnxNode node, GraphReader graph) {
    return node.has(1) ? graph.wholeNumbers(node, 1) : node.numbers("axes");
  }

  private static Value squeeze(OnnxNode node, GraphReader graph) {
    long[] axes = axes(node, graph);
    if (axes == null) {
      throw new Refusal("axes are missing: which dimensions vanish would depend on the batch");
    }
    List<Integer> dims = new ArrayList<>();
    if (graph.value(node, 0) instanceof Constant constant) {
      return new Constant(constant.tensor().as(squeezed(axes, constant.tensor().dims())));
    }
    Value input = graph.seen(node, 0);
    dims.add(-1); // the samples
    dims.addAll(ChannelViews.dims(input));
    List<Integer> left = squeezed(axes, dims);
    if (left.isEmpty() || left.get(0) != -1) {
      throw new Refusal("axis 0, the samples, cannot be squeezed");
    }
    return ChannelViews.reshaped(node.name(), graph, input, left.subList(1, left.size()));
  }

  private static List<Integer> squeezed(long[] axes, List<Integer> dims) {
    Set<Integer> gone = new TreeSet<>();
    for (long axis : axes) {
      gone.add(axis(axis, dims.size()));
    }
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      if (!gone.contains(i)) {
        left.add(dims.get(i));
      } else if (dims.get(i) != 1) {
        throw Refusal.of("axis %d of %s is not 1, and cannot be squeezed", i, dims);
      }
    }
    return left;
  }

  private static Value unsqueeze(OnnxNode node, GraphReader graph) {
    long[] axes = axes(node, graph);
    if (axes == null || axes.length > 8) {
      throw new Refusal("axes must be some numbers");
    }
    if (graph.value(node, 0) instanceof Constant constant) {
      return new Constant(constant.tensor().as(unsqueezed(axes, constant.tensor().dims())));
    }
    Value input = graph.seen(node, 0);
    List<Integer> dims = new ArrayList<>(List.of(-1)); // the samples
    dims.addAll(ChannelViews.dims(input));
    List<Integer> more = unsqueezed(axes, dims);
    if (more.get(0) != -1) {
      throw new Refusal("axis 0 is that of the samples, before which nothing can stand");
    }
    return ChannelViews.reshaped(node.name(), graph, input, more.subList(1, more.size()));
  }

  private static List<Integer> unsqueezed(long[] axes, List<Integer> dims) {
    int rank = dims.size() + axes.length;
    Set<Integer> ones = new TreeSet<>();
    for (long axis : axes) {
      if (!ones.add(axis(axis, rank))) {
        throw Refusal.of("axes %s name one twice", Arrays.toString(axes));
      }
    }
    List<Integer> more = new ArrayList<>(dims);
    ones.forEach(axis -> more.add(axis, 1));
    return more;
  }

  private static Value transpose(OnnxNode node, GraphReader graph) {
    long[] order = node.numbers("perm");
    if (graph.value(node, 0) instanceof Constant constant) {
      return new Constant(ConstantOperators.transposed(constant.tensor(), order));
    }
    Value input = graph.seen(node, 0);
    requirePermutation(order, ChannelViews.dims(input).size() + 1);
    if (input instanceof Value.View view) {
      return ChannelViews.transposed(view, order);
    }
    Activation one = (Activation) input;
    List<Integer> dims = new ArrayList<>();
    List<Integer> places = new ArrayList<>(); // of dimensions that are not 1
    for (int i = 1; i < order.length; i++) {
      int from = (int) order[i] - 1;
      dims.add(one.dims().get(from));
      if (one.dims().get(from) != 1) {
        places.add(from);
      }
    }
    if (one.isImage()) {
      return transposedImage(one, order, dims);
    }
    if (places.equals(places.stream().sorted().toList())) {
      return one.as(dims);
    }
    if (one.order().flattened() != null) {
      throw Refusal.of(
          "perm %s reorders the elements of a flattened image %s",
          Arrays.toString(order), one.dims());
    }
    return ChannelViews.transposed(ChannelViews.view(one, one.dims()), order);
  }

  private static Activation transposedImage(Activation input, long[] order, List<Integer> dims) {
    boolean last = input.order().channelsLast();
    if (Arrays.equals(order, new long[] {0, 1, 2, 3})) {
      return input;
    }
    long[] turn = last ? new long[] {0, 3, 1, 2} : new long[] {0, 2, 3, 1};
    if (!Arrays.equals(order, turn)) {
      throw Refusal.of(
          "perm %s of an image as %s: Convoy takes %s",
          Arrays.toString(order), last ? "NHWC" : "NCHW", Arrays.toString(turn));
    }
    return new Activation(
        input.node(), input.shape(), dims, last ? Value.Order.CHW : Value.Order.HWC);
  }

  private static void requirePermutation(long[] order, int rank) {
    if (order == null || order.length != rank || order[0] != 0) {
      throw Refusal.of(
          "perm %s moves the samples, which stay first in Convoy",
          order == null ? "(from the last)" : Arrays.toString(order));
    }
    long[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < rank; i++) {
      if (sorted[i] != i) {
        throw Refusal.of("perm %s is no order of %d dimensions", Arrays.toString(order), rank);
      }
    }
  }

  private static Value concat(OnnxNode node, GraphReader graph) {
    if (graph.value(node, 0) instanceof Constant) {
      return ConstantOperators.joined(node, graph);
    }
    List<Activation> parts = new ArrayList<>();
    for (int k = 0; k < node.inputs().size(); k++) {
      parts.add(graph.activation(node, k));
    }
    Activation first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    int axis = axis(node.number("axis", 1), first.dims().size() + 1);
    int channels = first.order().channelsLast() ? 3 : 1;
    if (axis != channels) {
      throw Refusal.of("attribute axis is %d; Convoy joins channels, axis %d", axis, channels);
    }
    List<Integer> dims = new ArrayList<>(first.dims());
    int sum = 0;
    for (Activation part : parts) {
      List<Integer> others = new ArrayList<>(part.dims());
      if (others.size() != dims.size()
          || part.isImage() != first.isImage()
          || !part.order().equals(first.order())
          || part.order().flattened() != null) {
        throw Refusal.of("samples %s and %s cannot be joined", first.dims(), part.dims());
      }
      sum = Math.addExact(sum, others.get(axis - 1));
      others.set(axis - 1, first.dims().get(axis - 1));
      if (!others.equals(first.dims())) {
        throw Refusal.of("samples %s and %s cannot be joined", first.dims(), part.dims());
      }
    }
    dims.set(axis - 1, sum);
    Activation[] others = parts.subList(1, parts.size()).toArray(Activation[]::new);
    return graph.assembly().add(node.name(), new Concat(), dims, first.order(), first, others);
  }
}
