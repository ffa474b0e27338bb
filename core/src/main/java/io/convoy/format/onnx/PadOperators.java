package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.format.onnx.Value.Pads;
import io.convoy.layer.PadChannels;
import io.convoy.layer.ZeroPad2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code Pad}: zeros around images, and channels of zeros. */
final class PadOperators {
  private static final int MOST = 1 << 20;

  private PadOperators() {}

  static void addTo(Operators operators) {
    operators.add("Pad", PadOperators::pad, "mode", "pads", "value");
  }

  private static Value pad(OnnxNode node, GraphReader graph) {
    if (!node.text("mode", "constant").equals("constant")) {
      throw Refusal.of("attribute mode is %s; Convoy pads with zeros", node.text("mode", ""));
    }
    float value = ElementOperators.limit(node, graph, 2, "value", 0);
    if (value != 0) {
      throw Refusal.of("pads with %s; Convoy pads with zeros", value);
    }
    Activation input = graph.activation(node, 0);
    int[][] pads = pads(node, graph, 1 + input.dims().size());
    int channels = ChannelOperators.axis(input);
    Activation padded = input;
    if (pads[0][channels] + pads[1][channels] > 0) {
      PadChannels layer = new PadChannels(pads[0][channels], pads[1][channels]);
      List<Integer> dims = new ArrayList<>(input.dims());
      dims.set(
          channels - 1,
          Math.addExact(dims.get(channels - 1), pads[0][channels] + pads[1][channels]));
      padded = graph.assembly().add(node.name(), layer, dims, input.order(), input);
    }
    int down = input.order().channelsLast() ? 1 : 2;
    int around = 0;
    for (int axis = 0; axis < pads[0].length; axis++) {
      boolean space = input.isImage() && (axis == down || axis == down + 1);
      int zeros = pads[0][axis] + pads[1][axis];
      if (zeros != 0 && axis != channels && !space) {
        throw Refusal.of("pads must leave samples alone; got %d for axis %d", zeros, axis);
      }
      around += space ? zeros : 0;
    }
    return around == 0 ? padded : around(node, graph, padded, pads, down);
  }

  private static Value around(
      OnnxNode node, GraphReader graph, Activation image, int[][] pads, int down) {
    Pads zeros = new Pads(pads[0][down], pads[0][down + 1], pads[1][down], pads[1][down + 1]);
    boolean waits =
        !image.order().channelsLast()
            && graph.onlyReader(node).filter(next -> next.type().equals("Conv")).isPresent();
    if (waits) {
      return new Value.Padded(image, zeros);
    }
    ZeroPad2d layer = new ZeroPad2d(zeros.top(), zeros.bottom(), zeros.left(), zeros.right());
    List<Integer> dims = new ArrayList<>(image.dims());
    dims.set(down - 1, dims.get(down - 1) + zeros.top() + zeros.bottom());
    dims.set(down, dims.get(down) + zeros.left() + zeros.right());
    return graph.assembly().add(node.name(), layer, dims, image.order(), image);
  }

  /** Zeros before and behind each axis. */
  private static int[][] pads(OnnxNode node, GraphReader graph, int rank) {
    long[] pads = node.has(1) ? graph.wholeNumbers(node, 1) : node.numbers("pads");
    long[] axes = node.has(3) ? graph.wholeNumbers(node, 3) : null;
    int count = axes == null ? rank : axes.length;
    if (pads == null || pads.length != 2 * count) {
      throw Refusal.of("pads must be %d numbers; got %s", 2 * count, Arrays.toString(pads));
    }
    int[][] each = new int[2][rank];
    for (int i = 0; i < pads.length; i++) {
      if (pads[i] < 0 || pads[i] > MOST) {
        throw Refusal.of("pads must lie in 0 to %d; got %s", MOST, Arrays.toString(pads));
      }
      int axis = axes == null ? i % count : ShapeOperators.axis(axes[i % count], rank);
      each[i / count][axis] = (int) pads[i];
    }
    return each;
  }
}
