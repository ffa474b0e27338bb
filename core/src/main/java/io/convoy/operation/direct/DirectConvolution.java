package io.convoy.operation.direct;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Epilogue;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PackedWeights;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.correlation.WindowRows;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;

/**
 * A convolution as products of windows with panels of weights, without im2col. Serves forward, and
 * backward for data.
 *
 * <p>The order of a sum is fixed by the shape: its terms are cut into slices of at most {@value
 * #SLICE}, each summed from zero. The bias, or zero, is added to the first slice, and the others to
 * that in order. Threads share out blocks of windows, or panels where windows are few.
 *
 * <p>A block of windows is copied slice by slice to rows at a constant distance ({@link
 * WindowRows}), which are multiplied with all panels while they lie in the cache. Windows that lie
 * like that already are read where they are. Products go straight to the output where whole tiles
 * of them fit; others are made aside and copied. The bits are the same.
 */
public final class DirectConvolution implements ConvolutionPass {
  /** Windows of a block while all weights stay in the second-level cache, and when they do not. */
  private static final int SHORT_BLOCK = Kernels.WHOLE_ROWS;

  private static final int LONG_BLOCK = 5 * Kernels.WHOLE_ROWS;

  /** Floats of weights up to which they stay there. */
  private static final int CACHED_WEIGHTS = 160 << 10;

  /** Floats that a block's outputs may take. */
  private static final int BLOCK_OUTPUTS = 128 << 10;

  /**
   * Terms of a slice at the most, and floats from one copied row to the next: its part of a panel
   * and the rows of a tile stay in the first-level cache.
   */
  public static final int SLICE = 128;

  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final Correlation pass;
  private final PackedWeights weights;
  private final Arena.Slice packed;
  private final WindowRows windows;
  private final int[] slices;

  /** Whether windows are read where they are. */
  private final boolean inPlace;

  private final int distance;
  private final PanelProduct[] products;
  private final Scratch[] scratch;
  private final int outputStart;
  private final int blockWindows;
  private final int blockRows;
  private final int blockPanels;
  private final float[] bias;
  private final WorkPool.Block block = this::runBlock;
  private int count;
  private int tiles;
  private int blocks;
  private int panelGroups;
  private Epilogue epilogue;

  /**
   * @param capacity samples at the most
   */
  public DirectConvolution(
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
    this.slices = WindowRows.slices(windows.terms(), SLICE);
    boolean cached = (long) weights.terms() * weights.outputs() <= CACHED_WEIGHTS;
    int all = Math.multiplyExact(capacity, pass.to().pixels());
    blockWindows = Math.min(all, cached ? SHORT_BLOCK : LONG_BLOCK);
    inPlace = pass.taps().length == 1 && pass.from().step() > 0;
    distance = inPlace ? pass.from().step() : SLICE;
    products = weights.products(1, distance);
    blockRows = blockWindows + Kernels.SPARE_ROWS;
    int panelFloats = blockRows * kernels.panelWidth();
    blockPanels = Math.max(1, Math.min(weights.panels(), BLOCK_OUTPUTS / panelFloats));
    outputStart = Scratch.aligned(blockRows * SLICE);
    scratch = arena.scratch(pool.threads(), outputStart + (long) blockPanels * panelFloats);
    bias = arena.floats(weights.groups() * weights.panels() * kernels.panelWidth());
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights.pack(weightsOIHW, offset, packed, pool);
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    if (bias != null) {
      copyBias(bias, biasOffset);
    }
    count = samples * pass.to().pixels();
    tiles = (count + Kernels.WHOLE_ROWS - 1) / Kernels.WHOLE_ROWS;
    blocks = Math.min(tiles, pool.evenly((count + blockWindows - 1) / blockWindows));
    int wanted = (2 * pool.threads() + blocks - 1) / blocks;
    int needed = (weights.panels() + blockPanels - 1) / blockPanels;
    panelGroups = Math.max(needed, Math.min(weights.panels(), wanted));
    this.epilogue = epilogue;
    if (epilogue != null) {
      epilogue.begin(samples, panelGroups * weights.groups());
    }
    pool.run(blocks * panelGroups * weights.groups(), weights.operations(count), block);
  }

  /** Copies the bias of each panel to where a whole panel may be read. */
  private void copyBias(float[] from, int offset) {
    for (int group = 0; group < weights.groups(); group++) {
      for (int panel = 0; panel < weights.panels(); panel++) {
        int at = offset + weights.channel(group, panel);
        System.arraycopy(from, at, bias, biasStart(group, panel), weights.columns(panel));
      }
    }
  }

  private int biasStart(int group, int panel) {
    return (group * weights.panels() + panel) * weights.width(0);
  }

  private void runBlock(int index, int thread) {
    int group = index % weights.groups();
    int part = index / weights.groups() % panelGroups;
    int number = index / weights.groups() / panelGroups;
    int first = firstWindow(number);
    int size = firstWindow(number + 1) - first;
    int firstPanel = part * weights.panels() / panelGroups;
    int lastPanel = (part + 1) * weights.panels() / panelGroups;
    float[] data = scratch[thread].data();
    int copied = scratch[thread].offset();
    int aside = copied + outputStart;
    for (int slice = 0; slice < slices.length - 1; slice++) {
      if (!inPlace) {
        windows.pack(slices[slice], slices[slice + 1], group, first, size, data, copied, SLICE);
      }
      float[] from = inPlace ? pass.from().data() : data;
      int x = inPlace ? startOf(slice, group, first) : copied;
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        int rows = directRows(panel, size);
        if (rows > 0) {
          int y = pass.to().at(first) + weights.channel(group, panel);
          multiply(slice, group, panel, from, x, pass.to().data(), y, pass.to().step(), rows);
        }
        if (rows < size) {
          int rest = x + rows * distance;
          int y = aside + place(panel - firstPanel);
          multiply(slice, group, panel, from, rest, data, y, weights.width(panel), size - rows);
        }
      }
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      int rows = directRows(panel, size);
      store(group, panel, data, aside + place(panel - firstPanel), first + rows, size - rows);
    }
    if (epilogue != null) {
      end(first, size, thread);
    }
  }

  private void end(int first, int size, int thread) {
    int width = pass.to().width();
    int height = pass.to().height();
    for (int pixel = first; pixel < first + size; ) {
      int row = pixel / width;
      int columns = Math.min(first + size, (row + 1) * width) - pixel;
      epilogue.written(row / height, row % height, 1, columns, thread);
      pixel += columns;
    }
  }

  /** Where a block begins: blocks are whole tiles, and equally long, or nearly so. */
  private int firstWindow(int number) {
    return Math.min(count, (int) ((long) number * tiles / blocks) * Kernels.WHOLE_ROWS);
  }

  /** Of so many windows, those whose products with a panel may be written where they belong. */
  private int directRows(int panel, int size) {
    boolean direct = pass.to().step() > 0 && weights.columns(panel) == weights.width(panel);
    return direct ? size - size % products[panel].rowsAtOnce() : 0;
  }

  /** Where products with a panel lie that are made aside. */
  private int place(int panel) {
    return panel * blockRows * weights.width(0);
  }

  private void multiply(
      int slice,
      int group,
      int panel,
      float[] x,
      int xStart,
      float[] y,
      int yStart,
      int yStep,
      int rows) {
    boolean begins = slice == 0;
    products[panel].multiply(
        slices[slice + 1] - slices[slice],
        x,
        xStart,
        packed.data(),
        weightStart(slice, group, panel),
        begins ? bias : y,
        begins ? biasStart(group, panel) : yStart,
        begins ? 0 : yStep,
        y,
        yStart,
        yStep,
        rows);
  }

  private int weightStart(int slice, int group, int panel) {
    return packed.offset() + weights.start(group, panel) + slices[slice] * weights.width(panel);
  }

  /** Where a slice of a window begins. */
  private int startOf(int slice, int group, int window) {
    return pass.from().at(window) + pass.offsets()[0] + slices[slice] + group * weights.inputs();
  }

  /** Copies products that were made aside to their places. */
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
