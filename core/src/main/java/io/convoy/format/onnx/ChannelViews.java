package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.View;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.SelectChannels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Channels that are seen in several dimensions, reordered, and seen as one again: that is how other
 * tools shuffle channels, and give each its pieces.
 */
final class ChannelViews {
  /** Channels at the most that are put in another order. */
  private static final int MOST_CHANNELS = 1 << 16;

  private ChannelViews() {}

  /** The dimensions of a sample. */
  static List<Integer> dims(Value seen) {
    if (!(seen instanceof View view)) {
      return ((Activation) seen).dims();
    }
    List<Integer> dims = new ArrayList<>(view.extents());
    if (view.of().isImage()) {
      int at = view.of().order().channelsLast() ? 0 : dims.size();
      dims.addAll(at, List.of(view.of().shape().height(), view.of().shape().width()));
    }
    return dims;
  }

  /** The same elements in other dimensions. */
  static Value reshaped(String name, GraphReader graph, Value seen, List<Integer> dims) {
    if (dims(seen).equals(dims)) {
      return seen;
    }
    Activation one = seen instanceof View view ? joined(name, graph, view) : (Activation) seen;
    if (one.dims().equals(dims)) {
      return one;
    }
    Optional<List<Integer>> channels = channels(one, dims);
    return channels.isPresent()
        ? view(one, channels.get())
        : graph.assembly().flat(name, one).as(dims);
  }

  /** The dimensions of an image's channels among others; empty where they do not stand apart. */
  private static Optional<List<Integer>> channels(Activation image, List<Integer> dims) {
    if (!image.isImage() || dims.size() <= 3) {
      return Optional.empty();
    }
    boolean last = image.order().channelsLast();
    int end = dims.size() - 2;
    List<Integer> space = last ? dims.subList(0, 2) : dims.subList(end, dims.size());
    List<Integer> channels = last ? dims.subList(2, dims.size()) : dims.subList(0, end);
    boolean apart =
        space.equals(List.of(image.shape().height(), image.shape().width()))
            && channels.stream().reduce(1, (a, b) -> a * b) == image.shape().channels();
    return apart ? Optional.of(channels) : Optional.empty();
  }

  /** Channels in these dimensions, row-major. */
  static View view(Activation of, List<Integer> extents) {
    Integer[] steps = new Integer[extents.size()];
    int step = 1;
    for (int i = steps.length - 1; i >= 0; i--) {
      steps[i] = step;
      step *= extents.get(i);
    }
    return new View(of, extents, List.of(steps));
  }

  /**
   * The dimensions of channels in another order.
   *
   * @param order of all dimensions, the samples' included
   */
  static View transposed(View view, long[] order) {
    int before = view.of().isImage() && view.of().order().channelsLast() ? 3 : 1;
    List<Integer> extents = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      int from = (int) order[i] - before;
      boolean ofChannels = i >= before && i < before + view.extents().size();
      boolean stays = ofChannels ? from >= 0 && from < view.extents().size() : order[i] == i;
      if (!stays) {
        throw Refusal.of(
            "perm %s moves height and width, which stay where they are beside channels in %s",
            Arrays.toString(order), view.extents());
      }
      if (ofChannels) {
        extents.add(view.extents().get(from));
        steps.add(view.steps().get(from));
      }
    }
    return new View(view.of(), extents, steps);
  }

  /** The channels in one dimension, in the order in which the view has them. */
  static Activation joined(String name, GraphReader graph, View view) {
    Activation of = view.of();
    List<Integer> extents = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < view.extents().size(); i++) {
      if (view.extents().get(i) > 1) {
        extents.add(view.extents().get(i));
        steps.add(view.steps().get(i));
      }
    }
    if (steps.equals(view(of, extents).steps())) {
      return of;
    }
    if (extents.size() == 2 && steps.equals(List.of(1, extents.get(0)))) {
      return graph.assembly().keep(name, new ChannelShuffle(extents.get(1)), of);
    }
    return graph.assembly().keep(name, new SelectChannels(order(graph, extents, steps)), of);
  }

  private static List<Integer> order(
      GraphReader graph, List<Integer> extents, List<Integer> steps) {
    int length = extents.stream().reduce(1, (a, b) -> a * b);
    if (length > MOST_CHANNELS) {
      throw Refusal.of(
          "Convoy puts at most %d channels in another order; got %d", MOST_CHANNELS, length);
    }
    graph.spend(length);
    List<Integer> order = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      int left = i;
      int from = 0;
      for (int axis = extents.size() - 1; axis >= 0; axis--) {
        from += left % extents.get(axis) * steps.get(axis);
        left /= extents.get(axis);
      }
      order.add(from);
    }
    return order;
  }

  /** What follows from the input, for operators that know no view: an image becomes a vector. */
  static Activation activation(String name, GraphReader graph, View view) {
    return graph.assembly().flat(name, joined(name, graph, view)).as(dims(view));
  }
}
