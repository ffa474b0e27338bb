package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * A convolution as products of windows with panels of weights, without im2col. Serves forward, and
 * backward for data.
 *
 * <p>The order of a sum is fixed by the shape: it starts with the bias, or zero; then come slices
 * of at most {@value #SLICE} terms that lie side by side (a kernel row, or a part of one), each
 * summed from zero. Threads share out blocks of windows, or panels where windows are few.
 *
 * <p>A block of windows is copied slice by slice to rows at a constant distance ({@link
 * WindowRows}), which are multiplied with all panels while they lie in the cache. Short windows of
 * an output row are read where they are. The bits are the same.
 */
final class DirectConvolution implements ConvolutionPass {
  /** Windows of a block while all weights stay in the second-level cache, and when they do not. */
  private static final int SHORT_BLOCK = 48;

  private static final int LONG_BLOCK = 240;

  /** Floats of weights up to which they stay there. */
  private static final int CACHED_WEIGHTS = 160 << 10;

  /** Floats that a block's outputs may take. */
  private static final int BLOCK_OUTPUTS = 128 << 10;

  /** Terms of a slice at the most, and floats from one window's row to the next. */
  private static final int SLICE = 192;

  /** Terms of a kernel row up to which windows are read where they are. */
  private static final int SHORT_ROW = 32;

  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final Correlation pass;
  private final PackedWeights weights;
  private final Arena.Slice packed;
  private final WindowRows windows;
  private final int[] slices;
  private final boolean inPlace;
  private final PanelProduct[] products;
  private final Scratch[] scratch;
  private final int outputStart;
  private final int blockWindows;
  private final int spanWindows;
  private final int blockRows;
  private final int blockPanels;
  private final WorkPool.Block block = this::runBlock;
  private float[] bias;
  private int biasOffset;
  private int count;
  private int panelGroups;

  /**
   * @param capacity samples at the most
   */
  DirectConvolution(
      Correlation pass,
      PackedWeights weights,
      int capacity,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.packed = arena.take(weights.length());
    this.pool = pool;
    this.pass = pass;
    this.weights = weights;
    this.rowKernels = kernels.rows();
    this.windows =
        new WindowRows(pass.from(), pass.offsets(), pass.columns(), weights.inputs(), kernels);
    this.slices = windows.slices(SLICE);
    this.inPlace = inPlace();
    this.products = weights.products(1, inPlace ? pass.from().columnStep() : SLICE);
    boolean cached = (long) weights.terms() * weights.outputs() <= CACHED_WEIGHTS;
    int all = Math.multiplyExact(capacity, pass.to().pixels());
    int longest = Math.min(all, cached ? SHORT_BLOCK : LONG_BLOCK);
    int width = pass.to().width();
    blockWindows = inPlace ? Math.max(1, longest / width) * width : longest;
    spanWindows = inPlace ? width : blockWindows;
    blockRows = blockWindows / spanWindows * (spanWindows + Kernels.SPARE_ROWS);
    int panelFloats = blockRows * kernels.panelWidth();
    blockPanels = Math.max(1, Math.min(weights.panels(), BLOCK_OUTPUTS / panelFloats));
    int distance = inPlace ? pass.from().columnStep() : SLICE;
    outputStart = Scratch.aligned((spanWindows + Kernels.SPARE_ROWS) * distance + SLICE);
    scratch = arena.scratch(pool.threads(), outputStart + (long) blockPanels * panelFloats);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights.pack(weightsOIHW, offset, packed, pool);
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset) {
    this.bias = bias;
    this.biasOffset = biasOffset;
    count = samples * pass.to().pixels();
    int blocks = blocks();
    int wanted = (2 * pool.threads() + blocks - 1) / blocks;
    int needed = (weights.panels() + blockPanels - 1) / blockPanels;
    panelGroups = Math.max(needed, Math.min(weights.panels(), wanted));
    pool.run(blocks * panelGroups * weights.groups(), block);
  }

  private int blocks() {
    return (count + blockWindows - 1) / blockWindows;
  }

  private void runBlock(int index, int thread) {
    int group = index % weights.groups();
    int part = index / weights.groups() % panelGroups;
    int first = index / weights.groups() / panelGroups * blockWindows;
    int size = Math.min(blockWindows, count - first);
    int firstPanel = part * weights.panels() / panelGroups;
    int lastPanel = (part + 1) * weights.panels() / panelGroups;
    float[] data = scratch[thread].data();
    int x = scratch[thread].offset();
    int y = x + outputStart;
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      begin(group, panel, data, y + place(panel - firstPanel));
    }
    for (int slice = 0; slice < slices.length - 1; slice++) {
      for (int span = 0; span < size; span += spanWindows) {
        int rows = Math.min(spanWindows, size - span);
        int start = x;
        float[] from = data;
        if (inPlace && endOf(slice, group, first + span) <= pass.from().data().length) {
          start = startOf(slice, group, first + span);
          from = pass.from().data();
        } else {
          copy(slice, group, first + span, rows, data, x);
        }
        for (int panel = firstPanel; panel < lastPanel; panel++) {
          int to = y + place(panel - firstPanel) + row(span) * weights.width(panel);
          multiply(slice, group, panel, from, start, rows, data, to);
        }
      }
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      store(group, panel, data, y + place(panel - firstPanel), first, size);
    }
  }

  private void multiply(
      int slice, int group, int panel, float[] x, int start, int size, float[] y, int to) {
    int weight = weights.start(group, panel) + slices[slice] * weights.width(panel);
    products[panel].accumulate(
        slices[slice + 1] - slices[slice],
        x,
        start,
        packed.data(),
        packed.offset() + weight,
        y,
        to,
        size);
  }

  /** Where a slice of a window begins. */
  private int startOf(int slice, int group, int window) {
    return pass.from().at(window) + windows.offset(slices[slice]) + group * weights.inputs();
  }

  /** Up to where the kernels read of a span that starts with this window. */
  private int endOf(int slice, int group, int window) {
    int last = startOf(slice, group, window) + slices[slice + 1] - slices[slice];
    return last + (spanWindows + Kernels.SPARE_ROWS) * pass.from().columnStep();
  }

  /** Copies a slice of some windows; those of one output row overlap as they did. */
  private void copy(int slice, int group, int first, int rows, float[] to, int start) {
    if (inPlace) {
      int length = (rows - 1) * pass.from().columnStep() + slices[slice + 1] - slices[slice];
      System.arraycopy(pass.from().data(), startOf(slice, group, first), to, start, length);
      return;
    }
    windows.pack(slices[slice], slices[slice + 1], group, first, rows, to, start, SLICE);
  }

  /** The row of a block's outputs that a window has, which is the first of a span. */
  private int row(int window) {
    return window / spanWindows * (spanWindows + Kernels.SPARE_ROWS);
  }

  /** Whether windows are read where they are: their rows are too short to be worth copies. */
  private boolean inPlace() {
    return pass.taps().length > 1 && pass.columns() * weights.inputs() <= SHORT_ROW;
  }

  /** Where a block's outputs for a panel lie. */
  private int place(int panel) {
    return panel * blockRows * weights.width(0);
  }

  private void begin(int group, int panel, float[] y, int start) {
    int width = weights.width(panel);
    Arrays.fill(y, start, start + blockRows * width, 0f);
    if (bias != null) {
      int from = biasOffset + weights.channel(group, panel);
      rowKernels.copyRows(bias, from, 0, y, start, width, blockRows, weights.columns(panel));
    }
  }

  private void store(int group, int panel, float[] y, int start, int first, int size) {
    PixelGrid to = pass.to();
    int width = weights.width(panel);
    int columns = weights.columns(panel);
    int channel = weights.channel(group, panel);
    for (int i = 0; i < size; ) {
      int rest = Math.min(size - i, to.width() - (first + i) % to.width());
      int at = to.at(first + i) + channel;
      int from = start + (inPlace ? row(i) : i) * width;
      rowKernels.copyRows(y, from, width, to.data(), at, to.columnStep(), rest, columns);
      i += rest;
    }
  }
}
