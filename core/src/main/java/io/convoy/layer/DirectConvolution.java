package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * A convolution as products of windows with panels of weights, without im2col: a block of windows
 * is copied slice by slice ({@link WindowRows}) and multiplied with all panels while it lies in the
 * cache. Serves forward, and backward for data.
 *
 * <p>The order of a sum is fixed by the shape: it starts with the bias, or zero; then come the
 * slices in ascending order, each summed from zero. Threads share out blocks of windows, or panels
 * where windows are few.
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

  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final Correlation pass;
  private final PackedWeights weights;
  private final Arena.Slice packed;
  private final WindowRows windows;
  private final int slices;
  private final PanelProduct[] products;
  private final Scratch[] scratch;
  private final int outputStart;
  private final int blockWindows;
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
    this.windows = new WindowRows(pass.from(), pass.offsets(), weights.inputs(), kernels);
    this.slices = (windows.terms() + SLICE - 1) / SLICE;
    this.products = weights.products(1, SLICE);
    boolean cached = (long) weights.terms() * weights.outputs() <= CACHED_WEIGHTS;
    int all = Math.multiplyExact(capacity, pass.to().pixels());
    blockWindows = Math.min(all, cached ? SHORT_BLOCK : LONG_BLOCK);
    int rowsOfBlock = blockWindows + Kernels.SPARE_ROWS;
    int panelFloats = rowsOfBlock * kernels.panelWidth();
    blockPanels = Math.max(1, Math.min(weights.panels(), BLOCK_OUTPUTS / panelFloats));
    outputStart = rowsOfBlock * SLICE;
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
      begin(group, panel, data, y + place(panel - firstPanel), size);
    }
    for (int slice = 0; slice < slices; slice++) {
      int from = sliceStart(slice);
      int until = sliceStart(slice + 1);
      windows.pack(from, until, group, first, size, data, x, SLICE);
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        products[panel].accumulate(
            until - from,
            data,
            x,
            packed.data(),
            packed.offset() + weights.start(group, panel) + from * weights.width(panel),
            data,
            y + place(panel - firstPanel),
            size);
      }
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      store(group, panel, data, y + place(panel - firstPanel), first, size);
    }
  }

  /** The first term of a slice: slices are equally long, or nearly so. */
  private int sliceStart(int slice) {
    return (int) ((long) slice * windows.terms() / slices);
  }

  /** Where a block's outputs for a panel lie. */
  private int place(int panel) {
    return panel * (blockWindows + Kernels.SPARE_ROWS) * weights.width(0);
  }

  private void begin(int group, int panel, float[] y, int start, int size) {
    int width = weights.width(panel);
    Arrays.fill(y, start, start + size * width, 0f);
    if (bias == null) {
      return;
    }
    int from = biasOffset + weights.channel(group, panel);
    rowKernels.copyRows(bias, from, 0, y, start, width, size, weights.columns(panel));
  }

  private void store(int group, int panel, float[] y, int start, int first, int size) {
    PixelGrid to = pass.to();
    int width = weights.width(panel);
    int columns = weights.columns(panel);
    int channel = weights.channel(group, panel);
    for (int i = 0; i < size; ) {
      int rest = Math.min(size - i, to.width() - (first + i) % to.width());
      int at = to.at(first + i) + channel;
      rowKernels.copyRows(
          y, start + i * width, width, to.data(), at, to.columnStep(), rest, columns);
      i += rest;
    }
  }
}
