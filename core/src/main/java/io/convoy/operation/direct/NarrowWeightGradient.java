package io.convoy.operation.direct;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.ScatteredProduct;
import io.convoy.operation.Binding;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.correlation.WindowRows;
import io.convoy.operation.gradient.GradientBlocks;
import java.util.Arrays;

/**
 * The sum of {@link DirectWeightGradient} where inputs are few, as in a network's first layer: the
 * same terms in the same order, by a product that lies the other way.
 *
 * <pre>
 *   dw[term, o] = sum over pixels of window[pixel, term] * dy[pixel, o]
 * </pre>
 *
 * <p>The terms of a row of the window, which lie side by side, are the rows of a product; the
 * gradients of outputs, far larger than the inputs, are its panels. Both are read where they are.
 */
public final class NarrowWeightGradient implements GradientBlocks {
  private static final int CHUNK = DirectWeightGradient.CHUNK;

  /** Inputs up to which it pays: with more, windows are as large as the gradients of outputs. */
  private static final int MOST_INPUTS = 4;

  /** Terms of a row of the window from which on it pays. */
  private static final int FEWEST_TERMS = 5;

  private final Kernels kernels;
  private final ConvolutionGeometry geometry;
  private final WindowRows windows;
  private final PixelGrid x;
  private final PixelGrid dy;
  private final int panels;
  private final ScatteredProduct[] products;
  private final int runRows;
  private final int[][] xOffsets;
  private final int[][] dyOffsets;

  /** Whether this is the way for a shape. */
  public static boolean serves(ConvolutionGeometry geometry, Kernels kernels) {
    boolean joined = geometry.groups() == 1 && geometry.window().dilation().width() == 1;
    return joined
        && geometry.groupInputs() <= MOST_INPUTS
        && geometry.groupInputs() * geometry.window().kernel().width() >= FEWEST_TERMS
        && geometry.outChannels() % (2 * kernels.lanes()) == 0;
  }

  /**
   * @param forward the forward pass
   * @param dy the gradient of its output
   */
  public NarrowWeightGradient(
      ConvolutionGeometry geometry, Correlation forward, PixelGrid dy, Binding binding) {
    this.geometry = geometry;
    this.dy = dy;
    x = forward.from();
    kernels = binding.kernels();
    windows =
        new WindowRows(x, forward.offsets(), forward.columns(), geometry.groupInputs(), kernels);
    int longest = geometry.groupInputs() * geometry.window().kernel().width();
    runRows = longest + ScatteredProduct.SPARE_ROWS;
    panels = (geometry.outChannels() + kernels.panelWidth() - 1) / kernels.panelWidth();
    products = new ScatteredProduct[panels];
    for (int panel = 0; panel < panels; panel++) {
      products[panel] = kernels.scattered(1, 0, width(panel), longest);
    }
    xOffsets = new int[binding.pool().threads()][CHUNK];
    dyOffsets = new int[binding.pool().threads()][CHUNK];
  }

  private int width(int panel) {
    return Math.min(kernels.panelWidth(), geometry.outChannels() - panel * kernels.panelWidth());
  }

  @Override
  public int blocks() {
    return panels;
  }

  @Override
  public int blockFloats() {
    return windows.runs() * runRows * kernels.panelWidth();
  }

  @Override
  public int scratchFloats() {
    return 0;
  }

  @Override
  public int units() {
    return dy.pixels();
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public int pieces() {
    return DirectWeightGradient.pieces(geometry);
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    if (!adds) {
      Arrays.fill(to, start, start + blockFloats(), 0f);
    }
    for (int first = from; first < until; first += CHUNK) {
      addChunk(block, first, Math.min(CHUNK, until - first), to, start, thread);
    }
  }

  private void addChunk(int panel, int first, int count, float[] to, int start, int thread) {
    int width = width(panel);
    place(x, first, count, xOffsets[thread]);
    place(dy, first, count, dyOffsets[thread]);
    for (int run = 0; run < windows.runs(); run++) {
      int sums = start + run * runRows * width;
      products[panel].multiply(
          count,
          x.data(),
          windows.runStart(run),
          xOffsets[thread],
          dy.data(),
          panel * kernels.panelWidth(),
          dyOffsets[thread],
          to,
          sums,
          width,
          to,
          sums,
          width,
          windows.firstTerm(run + 1) - windows.firstTerm(run));
    }
  }

  /** Writes down where some pixels lie. */
  private static void place(PixelGrid grid, int first, int count, int[] places) {
    for (int i = 0; i < count; ) {
      int rest = Math.min(count - i, grid.width() - (first + i) % grid.width());
      int at = grid.at(first + i);
      for (int end = i + rest; i < end; i++) {
        places[i] = at;
        at += grid.columnStep();
      }
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int taps = geometry.taps();
    int channels = geometry.groupInputs();
    int width = width(block);
    int first = offset + block * kernels.panelWidth() * channels * taps;
    for (int run = 0; run < windows.runs(); run++) {
      for (int term = windows.firstTerm(run); term < windows.firstTerm(run + 1); term++) {
        int from = start + (run * runRows + term - windows.firstTerm(run)) * width;
        int to = first + term % channels * taps + term / channels;
        for (int j = 0; j < width; j++) {
          target[to + j * channels * taps] = sum[from + j];
        }
      }
    }
  }
}
