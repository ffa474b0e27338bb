package io.convoy.explain;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much less likely a class becomes when a part of the image is hidden (Zeiler, Fergus 2013,
 * "Visualizing and Understanding Convolutional Networks", section 4.2): a square of the image's
 * mean pixel slides over it, and each pixel has the mean drop over all squares that hide it,
 *
 * <pre>
 *   M[h, w] = mean over squares that hold (h, w) of p(class) - p(class, hidden)
 * </pre>
 *
 * <p>The last square of a row or column ends where the image does. One thread at a time.
 */
public final class Occlusion {
  private static final int BATCH = 32;

  private final ClassScores scores;
  private final Shape input;
  private final int size;
  private final List<Integer> tops;
  private final List<Integer> lefts;
  private final WorkPool pool;
  private final byte[][] hidden;
  private final ModelPass pass;

  /** With squares of the {@linkplain #usualSize usual size}, a third of it apart. */
  public Occlusion(Model model, Kernels kernels, WorkPool pool) {
    this(
        model,
        usualSize(model.network().inputShape()),
        Math.max(1, usualSize(model.network().inputShape()) / 3),
        kernels,
        pool);
  }

  /**
   * Takes the memory, and the weights, which are not copied.
   *
   * @param size of a square in pixels, up to the shorter side of the network's input
   * @param stride pixels from one square to the next, at most {@code size}: none is left out
   * @throws ConvoyException of kind USAGE when these do not fit
   */
  public Occlusion(Model model, int size, int stride, Kernels kernels, WorkPool pool) {
    scores = new ClassScores(model);
    input = model.network().inputShape();
    this.size = size;
    int most = Math.min(input.height(), input.width());
    if (size < 1 || size > most || stride < 1 || stride > size) {
      throw ConvoyException.usage(
          "occlusion: squares have 1 to %s pixels, the shorter side of the network's input %s, and"
              + " start at most so many apart; got squares of %s, %s apart",
          most, input, size, stride);
    }
    this.pool = pool;
    tops = starts(input.height(), stride);
    lefts = starts(input.width(), stride);
    int capacity = Math.min(BATCH, 1 + tops.size() * lefts.size());
    hidden = new byte[capacity][input.elements()];
    pass = ModelPass.forward(model, List.of(), capacity, kernels, pool);
  }

  /** A quarter of the shorter side. */
  public static int usualSize(Shape input) {
    return Math.max(1, Math.min(input.height(), input.width()) / 4);
  }

  private List<Integer> starts(int pixels, int stride) {
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start < pixels - size; start += stride) {
      starts.add(start);
    }
    starts.add(pixels - size);
    return starts;
  }

  /**
   * The map of an image.
   *
   * @param image bytes in the order row, column, channel, of the network's input shape
   * @param wanted the class; empty for the likeliest
   * @throws ConvoyException of kind USAGE when the model has no such class
   */
  public ClassMap of(byte[] image, OptionalInt wanted) {
    pass.write(0, image);
    pass.run(1);
    float[] logits = pass.logits(0);
    int label = scores.label(wanted, logits);
    double probability = scores.probability(label, logits);
    int squares = tops.size() * lefts.size();
    double[] drops = new double[squares];
    byte[] mean = meanPixel(image);
    for (int first = 0; first < squares; first += hidden.length) {
      int from = first;
      int count = Math.min(hidden.length, squares - first);
      pool.run(
          count,
          (slot, thread) -> {
            hide(image, mean, from + slot, hidden[slot]);
            pass.write(slot, hidden[slot]);
          });
      pass.run(count);
      for (int slot = 0; slot < count; slot++) {
        drops[first + slot] = probability - scores.probability(label, pass.logits(slot));
      }
    }
    return new ClassMap(label, probability, map(drops));
  }

  /** By channel, rounded half up. */
  private byte[] meanPixel(byte[] image) {
    int pixels = input.height() * input.width();
    byte[] mean = new byte[input.channels()];
    for (int c = 0; c < mean.length; c++) {
      long sum = 0;
      for (int i = c; i < image.length; i += mean.length) {
        sum += image[i] & 0xFF;
      }
      mean[c] = (byte) ((2 * sum + pixels) / (2L * pixels));
    }
    return mean;
  }

  private int top(int square) {
    return tops.get(square / lefts.size());
  }

  private int left(int square) {
    return lefts.get(square % lefts.size());
  }

  private void hide(byte[] image, byte[] pixel, int square, byte[] to) {
    System.arraycopy(image, 0, to, 0, image.length);
    for (int h = top(square); h < top(square) + size; h++) {
      for (int w = left(square); w < left(square) + size; w++) {
        System.arraycopy(pixel, 0, to, (h * input.width() + w) * pixel.length, pixel.length);
      }
    }
  }

  private Heatmap map(double[] drops) {
    int width = input.width();
    double[] sums = new double[input.height() * width];
    int[] counts = new int[sums.length];
    for (int square = 0; square < drops.length; square++) {
      for (int h = top(square); h < top(square) + size; h++) {
        for (int w = left(square); w < left(square) + size; w++) {
          sums[h * width + w] += drops[square];
          counts[h * width + w]++;
        }
      }
    }
    float[] map = new float[sums.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (sums[i] / counts[i]);
    }
    return new Heatmap(input.height(), width, map);
  }
}
