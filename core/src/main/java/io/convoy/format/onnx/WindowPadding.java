package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Pads;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Which of Convoy's paddings gives the windows that a node's {@code auto_pad}, {@code pads} and
 * {@code ceil_mode} give.
 */
final class WindowPadding {
  /** The windows along one axis: zeros before and after, and how many windows. */
  private record Axis(int size, int extent, int stride, long before, long after, long outputs) {
    /** Pixels that windows read beyond the image; below zero where they do not reach its end. */
    long reach() {
      return (outputs - 1) * stride + extent - size - before;
    }

    /** Whether so many zeros after the image give the same windows. */
    boolean takes(long zeros) {
      return zeros >= reach() && zeros < reach() + stride;
    }

    /** What is nearest to the file's own. */
    int closest() {
      return (int) Math.max(Math.max(0, reach()), Math.min(after, reach() + stride - 1));
    }

    boolean isSame() {
      long same = (size + stride - 1L) / stride;
      long total = Math.max(0, (same - 1) * stride + extent - size);
      return outputs == same && before == total / 2 && takes(total - total / 2);
    }
  }

  private final Axis down;
  private final Axis across;

  private WindowPadding(Axis down, Axis across) {
    this.down = down;
    this.across = across;
  }

  /**
   * @param given zeros that stand around the image already
   * @throws Refusal when an attribute makes no sense
   */
  static WindowPadding of(
      OnnxNode node, Shape image, Extent kernel, Extent stride, Extent dilation, Pads given) {
    int[] pads = pads(node);
    boolean ceil = node.number("ceil_mode", 0) != 0;
    String auto = node.text("auto_pad", "NOTSET");
    return new WindowPadding(
        axis(
            auto,
            ceil,
            new int[] {image.height(), kernel.height(), stride.height(), dilation.height()},
            new int[] {pads[0], pads[2], given.top(), given.bottom()}),
        axis(
            auto,
            ceil,
            new int[] {image.width(), kernel.width(), stride.width(), dilation.width()},
            new int[] {pads[1], pads[3], given.left(), given.right()}));
  }

  private static int[] pads(OnnxNode node) {
    long[] pads = node.numbers("pads");
    if (pads == null) {
      return new int[4];
    }
    int[] values = new int[4];
    for (int i = 0; i < 4; i++) {
      if (pads.length != 4 || pads[i] < 0 || pads[i] > 1 << 20) {
        throw Refusal.of(
            "attribute pads must be four numbers from 0 to %d, for images; got %s",
            1 << 20, Arrays.toString(pads));
      }
      values[i] = (int) pads[i];
    }
    return values;
  }

  private static Axis axis(String auto, boolean ceil, int[] window, int[] pads) {
    int size = window[0] + pads[2] + pads[3];
    int stride = window[2];
    long extent = (long) window[3] * (window[1] - 1) + 1;
    long total = Math.max(0, ((size + (long) stride - 1) / stride - 1) * stride + extent - size);
    long before =
        switch (auto) {
          case "NOTSET" -> pads[0];
          case "VALID" -> 0;
          case "SAME_UPPER" -> total / 2;
          case "SAME_LOWER" -> total - total / 2;
          default -> throw Refusal.of("attribute auto_pad is %s, which is not known", auto);
        };
    long after =
        switch (auto) {
          case "NOTSET" -> pads[1];
          case "VALID" -> 0;
          default -> total - before;
        };
    long room = size + before + after - extent;
    if (room < 0 || extent > 1 << 24) {
      throw Refusal.of("a window of %d pixels does not fit into %d", extent, size + before + after);
    }
    long outputs = (ceil ? (room + stride - 1) / stride : room / stride) + 1;
    if (ceil && (outputs - 1) * stride >= size + before) {
      outputs--; // a window that would start behind the image
    }
    return new Axis(window[0], (int) extent, stride, before + pads[2], after + pads[3], outputs);
  }

  /** Whether a node pads nothing, whatever its windows. */
  static boolean isNone(OnnxNode node) {
    return Arrays.stream(pads(node)).allMatch(pixels -> pixels == 0);
  }

  /** Whether windows reach beyond the zeros that the file puts there, by rounding up. */
  boolean overhangs() {
    return down.reach() > down.after() || across.reach() > across.after();
  }

  /** The file's own zeros. */
  Padding given() {
    return new Padding(
        Padding.Mode.PIXELS,
        new Extent((int) down.before(), (int) across.before()),
        new Extent((int) down.after(), (int) across.after()));
  }

  /** Zeros such that there are whole windows alone. */
  Padding padding() {
    if (down.before() + down.after() + across.before() + across.after() == 0
        && down.takes(0)
        && across.takes(0)) {
      return Padding.VALID;
    }
    if (down.isSame() && across.isSame()) {
      return Padding.SAME;
    }
    Extent before = new Extent((int) down.before(), (int) across.before());
    if (down.takes(down.before()) && across.takes(across.before())) {
      return new Padding(Padding.Mode.PIXELS, before);
    }
    return new Padding(Padding.Mode.PIXELS, before, new Extent(down.closest(), across.closest()));
  }
}
