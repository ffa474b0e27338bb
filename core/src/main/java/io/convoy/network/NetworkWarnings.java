package io.convoy.network;

import io.convoy.operation.Window;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What practitioners warn of in a network that can be computed: strides that leave pixels out,
 * images that are not divided evenly, even kernels that move what they see. Padding that no window
 * reaches, as in many published networks, is none of that. A branch that nobody reads is no network
 * at all: {@link Network.Builder#build} refuses it.
 */
public final class NetworkWarnings {
  private NetworkWarnings() {}

  /** The warnings, each a line: of the layers in the graph's order, then of the whole network. */
  public static List<String> of(Network network) {
    List<String> warnings = new ArrayList<>();
    boolean uneven = false;
    for (Node node : network.nodes()) {
      Optional<Window> windows = node.layer().windows(node.inputShapes());
      if (windows.isPresent()) {
        Axis rows = Axis.down(windows.get());
        Axis columns = Axis.across(windows.get());
        stride(node, rows, columns).ifPresent(warnings::add);
        evenKernel(node, windows.get(), rows, columns).ifPresent(warnings::add);
        uneven |= rows.isUneven() || columns.isUneven();
      }
    }
    input(network, uneven).ifPresent(warnings::add);
    return warnings;
  }

  /** The windows of a layer along one axis. */
  private record Axis(int pixels, int window, int stride, int before, int after, int outputs) {
    static Axis down(Window of) {
      int window = of.dilation().height() * (of.kernel().height() - 1) + 1;
      return new Axis(
          of.input().height(),
          window,
          of.stride().height(),
          of.padTop(),
          of.padBottom(),
          of.outputHeight());
    }

    static Axis across(Window of) {
      int window = of.dilation().width() * (of.kernel().width() - 1) + 1;
      return new Axis(
          of.input().width(),
          window,
          of.stride().width(),
          of.padLeft(),
          of.padRight(),
          of.outputWidth());
    }

    private int steps() {
      return pixels + before + after - window;
    }

    /**
     * Pixels of the image behind the last window. Where windows leave gaps between them, that is
     * meant, as in the shortcuts of residual networks.
     */
    int unseen() {
      long end = (outputs - 1L) * stride + window - before;
      return window < stride ? 0 : (int) Math.max(0, pixels - end);
    }

    boolean movesFeatures() {
      return before != after && window % 2 == 0 && stride < window;
    }

    /** Whether the image is cut, or padded on one side, since the stride does not divide it. */
    boolean isUneven() {
      return pixels % stride != 0 && (unseen() > 0 || before != after);
    }

    String formula() {
      return String.format(
          Locale.ROOT,
          "(%d - %d + %d) / %d + 1 = %.4g",
          pixels,
          window,
          before + after,
          stride,
          (double) steps() / stride + 1);
    }
  }

  private static Optional<String> stride(Node node, Axis rows, Axis columns) {
    if (rows.unseen() == 0 && columns.unseen() == 0) {
      return Optional.empty();
    }
    List<String> unseen = new ArrayList<>();
    if (rows.unseen() > 0) {
      unseen.add("%s of %s rows".formatted(rows.unseen(), rows.pixels()));
    }
    if (columns.unseen() > 0) {
      unseen.add("%s of %s columns".formatted(columns.unseen(), columns.pixels()));
    }
    return warning(
        "layer '%s': the stride does not fit, (W - F + 2P) / S + 1 = %s; %s %s never seen: use"
            + " padding, or an input of another size",
        node.name(),
        (rows.unseen() > 0 ? rows : columns).formula(),
        String.join(" and ", unseen),
        unseen.size() == 1 && rows.unseen() + columns.unseen() == 1 ? "is" : "are");
  }

  private static Optional<String> evenKernel(Node node, Window windows, Axis rows, Axis columns) {
    if (!rows.movesFeatures() && !columns.movesFeatures()) {
      return Optional.empty();
    }
    return warning(
        "layer '%s': an even kernel, %s, with padding same sees one pixel more behind than before"
            + " each place, and moves features by half a pixel: use an odd kernel",
        node.name(), windows.kernel());
  }

  /** Whether the input lasts for the network's strides, and divides evenly by them. */
  private static Optional<String> input(Network network, boolean uneven) {
    Map<String, ReceptiveField> fields = ReceptiveField.of(network);
    Optional<ReceptiveField> last =
        network.inferenceNodes().stream()
            .filter(node -> node.shape().isImage() && fields.containsKey(node.name()))
            .map(node -> fields.get(node.name()))
            .reduce((one, next) -> next);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Shape input = network.inputShape();
    long down = last.get().rows().stride();
    long across = last.get().columns().stride();
    String strides = down == across ? Long.toString(down) : down + "x" + across;
    if (input.height() < down || input.width() < across) {
      return warning(
          "input %s: the strides of the network come to %s, and the image has fewer pixels: the"
              + " last of them step over padding alone: use larger images or fewer strides",
          input, strides);
    }
    if (uneven && (input.height() % down != 0 || input.width() % across != 0)) {
      return warning(
          "input %s: the strides of the network come to %s, and the image cannot be divided that"
              + " often: use sides that are multiples of %s",
          input, strides, strides);
    }
    return Optional.empty();
  }

  private static Optional<String> warning(String format, Object... values) {
    return Optional.of(format.formatted(values));
  }
}
