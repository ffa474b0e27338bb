package io.convoy.network;

import io.convoy.layer.Linear;
import io.convoy.operation.Window;
import io.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pixels of the network's input that one pixel of a layer's output depends on (Araujo, Norris,
 * Sim 2019, "Computing Receptive Fields of Convolutional Neural Networks", equations 1 and 3):
 *
 * <pre>
 *   size   = size before + (kernel - 1) · dilation · stride before
 *   stride = stride before · stride of the layer
 * </pre>
 *
 * <p>Where branches meet, a field reaches as far as the farthest of them on each side. It may be
 * larger than the image: then a part of it is padding, wherever it lies. The statistics of
 * normalisations do not count.
 *
 * @param rows from top to bottom
 * @param columns from left to right
 * @param whole whether it is the whole image, whatever its size: behind dense layers and poolings
 *     over all pixels, and where an image is scaled by what stands behind these
 */
public record ReceptiveField(Axis rows, Axis columns, boolean whole) {
  private static final ReceptiveField OF_INPUT =
      new ReceptiveField(new Axis(0, 0, 1), new Axis(0, 0, 1), false);

  /** Absurd networks reach farther; none has so many pixels. */
  private static final long MOST_STRIDE = 1L << 30;

  private static final long MOST_PIXELS = 1L << 60;

  /**
   * Along one axis.
   *
   * @param first pixel of the input, below 0 in the padding, that the first pixel of the output
   *     sees
   * @param last that it sees
   * @param stride pixels of the input from the field of one pixel to that of the next
   */
  public record Axis(long first, long last, long stride) {
    /** Pixels from the first to the last. */
    public long size() {
      return last - first + 1;
    }

    private Axis through(int kernel, int dilation, int step, int padding) {
      return new Axis(
          limited(first - padding * stride),
          limited(last + ((kernel - 1L) * dilation - padding) * stride),
          Math.min(MOST_STRIDE, stride * step));
    }

    private static long limited(long pixel) {
      return Math.max(-MOST_PIXELS, Math.min(MOST_PIXELS, pixel));
    }

    private Axis with(Axis other) {
      return new Axis(
          Math.min(first, other.first), Math.max(last, other.last), Math.max(stride, other.stride));
    }
  }

  /**
   * The fields of all nodes by name, and that of the input. A layer that moves pixels by other ways
   * than windows has none, nor have those behind it.
   */
  public static Map<String, ReceptiveField> of(Network network) {
    Map<String, ReceptiveField> fields = new HashMap<>();
    fields.put(Network.INPUT, OF_INPUT);
    for (Node node : network.nodes()) {
      if (fields.keySet().containsAll(node.inputs())) {
        of(node, fields).ifPresent(field -> fields.put(node.name(), field));
      }
    }
    return fields;
  }

  private static Optional<ReceptiveField> of(Node node, Map<String, ReceptiveField> fields) {
    ReceptiveField before =
        node.inputs().stream().map(fields::get).reduce(ReceptiveField::with).orElseThrow();
    Optional<Window> windows = node.layer().windows(node.inputShapes());
    if (windows.isPresent()) {
      return windows.map(before::through);
    }
    if (seesAll(node)) {
      return Optional.of(new ReceptiveField(before.rows, before.columns, true));
    }
    Shape input = node.inputShapes().get(0);
    boolean moved =
        node.shape().isImage()
            && (node.shape().height() != input.height() || node.shape().width() != input.width());
    return moved ? Optional.empty() : Optional.of(before);
  }

  /** Whether each of its outputs depends on all pixels: it is dense, or a pooling over them. */
  private static boolean seesAll(Node node) {
    Shape input = node.inputShapes().get(0);
    boolean pooled = node.shape().isVector() && input.isImage();
    return node.layer() instanceof Linear
        || (pooled && node.shape().elements() != input.elements());
  }

  private ReceptiveField through(Window window) {
    Axis down =
        rows.through(
            window.kernel().height(),
            window.dilation().height(),
            window.stride().height(),
            window.padTop());
    Axis across =
        columns.through(
            window.kernel().width(),
            window.dilation().width(),
            window.stride().width(),
            window.padLeft());
    return new ReceptiveField(down, across, whole);
  }

  private ReceptiveField with(ReceptiveField other) {
    return new ReceptiveField(
        rows.with(other.rows), columns.with(other.columns), whole || other.whole);
  }

  /** Height and width, such as {@code 5x5}; {@code all} where it is the whole image. */
  @Override
  public String toString() {
    return whole ? "all" : rows.size() + "x" + columns.size();
  }
}
