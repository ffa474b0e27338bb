package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * The sum of {@link DirectWeightGradient} where inputs are few, as in a network's first layer: the
 * same terms in the same order, by a product that lies the other way.
 *
 * <pre>
 *   dw[term, o] = sum over pixels of window[pixel, term] * dy[pixel, o]
 * </pre>
 *
 * <p>The terms of a window, copied pixel by pixel, are the rows of the product. The gradients of
 * outputs are its panels and are read where they are: they are far larger than the inputs and come
 * from afar, so they had better be read from front to back.
 */
final class NarrowWeightGradient implements GradientBlocks {
  private static final int CHUNK = DirectWeightGradient.CHUNK;

  /** Inputs up to which it pays: with more, windows are as large as the gradients of outputs. */
  private static final int MOST_INPUTS = 4;

  /** Terms that are copied at a time at the most: a chunk of them stays in the cache. */
  private static final int SLICE = 192;

  /** Floats from pixel to pixel of dy at the most: the same. */
  private static final int WIDEST = 256;

  /** Floats of a cache line. */
  private static final int LINE = 16;

  private final Kernels kernels;
  private final ConvolutionGeometry geometry;
  private final WindowRows windows;
  private final int[] slices;
  private final int distance;
  private final PixelGrid dy;
  private final WindowRows outputGradient;
  private final int panels;
  private final PanelProduct[] products;
  private final int sliceRows;
  private final Scratch[] scratch;
  private final int columnStart;

  /** Whether this is the way for a shape whose gradients of outputs lie so. */
  static boolean serves(ConvolutionGeometry geometry, PixelGrid dy, Kernels kernels) {
    return geometry.groupInputs() <= MOST_INPUTS
        && dy.columnStep() <= WIDEST
        && geometry.groupOutputs() % kernels.lanes() == 0;
  }

  /**
   * @param forward the forward pass
   * @param dy the gradient of its output
   */
  NarrowWeightGradient(
      ConvolutionGeometry geometry, Correlation forward, PixelGrid dy, Binding binding) {
    this.geometry = geometry;
    this.dy = dy;
    kernels = binding.kernels();
    windows =
        new WindowRows(
            forward.from(), forward.offsets(), forward.columns(), geometry.groupInputs(), kernels);
    outputGradient = new WindowRows(dy, new int[] {0}, 1, geometry.groupOutputs(), kernels);
    slices = WindowRows.slices(windows.terms(), SLICE);
    int longest = (windows.terms() + slices.length - 2) / (slices.length - 1);
    distance = distance(longest + 2 * kernels.lanes());
    sliceRows = longest + Kernels.SPARE_ROWS;
    panels = (geometry.groupOutputs() + kernels.panelWidth() - 1) / kernels.panelWidth();
    products = new PanelProduct[panels];
    for (int panel = 0; panel < panels; panel++) {
      products[panel] = kernels.product(distance, 1, dy.columnStep(), width(panel));
    }
    columnStart = Scratch.aligned(CHUNK * distance + Kernels.SPARE_ROWS);
    scratch = binding.arena().scratch(binding.pool().threads(), scratchFloats());
  }

  /** An odd number of cache lines: so that the copies of a chunk do not displace each other. */
  private static int distance(int floats) {
    int lines = (floats + LINE - 1) / LINE;
    return (lines | 1) * LINE;
  }

  private int width(int panel) {
    int rest = geometry.groupOutputs() - panel * kernels.panelWidth();
    return Math.min(kernels.panelWidth(), rest);
  }

  private int panel(int block) {
    return block % panels;
  }

  private int group(int block) {
    return block / panels;
  }

  @Override
  public int blocks() {
    return geometry.groups() * panels;
  }

  @Override
  public int blockFloats() {
    return (slices.length - 1) * sliceRows * kernels.panelWidth();
  }

  @Override
  public int scratchFloats() {
    return columnStart + CHUNK * dy.columnStep();
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

  private void addChunk(int block, int first, int count, float[] to, int start, int thread) {
    int group = group(block);
    int panel = panel(block);
    int width = width(panel);
    float[] data = scratch[thread].data();
    int copied = scratch[thread].offset();
    int column = panel * kernels.panelWidth();
    boolean inPlace = dy.step() > 0 || first % dy.width() + count <= dy.width();
    if (!inPlace) {
      outputGradient.pack(
          column, column + width, group, first, count, data, copied + columnStart, dy.columnStep());
    }
    for (int slice = 0; slice < slices.length - 1; slice++) {
      windows.pack(
          slices[slice], slices[slice + 1], group, first, count, data, copied, distance);
      products[panel].accumulate(
          count,
          data,
          copied,
          inPlace ? dy.data() : data,
          inPlace ? dy.at(first) + group * geometry.groupOutputs() + column : copied + columnStart,
          to,
          start + slice * sliceRows * width,
          width,
          slices[slice + 1] - slices[slice]);
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int taps = geometry.taps();
    int channels = geometry.groupInputs();
    int width = width(panel(block));
    int output = group(block) * geometry.groupOutputs() + panel(block) * kernels.panelWidth();
    for (int slice = 0; slice < slices.length - 1; slice++) {
      for (int term = slices[slice]; term < slices[slice + 1]; term++) {
        int from = start + (slice * sliceRows + term - slices[slice]) * width;
        int to = offset + output * channels * taps + term % channels * taps + term / channels;
        for (int j = 0; j < width; j++) {
          target[to + j * channels * taps] = sum[from + j];
        }
      }
    }
  }
}
