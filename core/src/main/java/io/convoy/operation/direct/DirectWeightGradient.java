package io.convoy.operation.direct;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.correlation.WindowRows;
import io.convoy.operation.gradient.GradientBlocks;
import io.convoy.operation.gradient.GradientSplit;
import io.convoy.tensor.Scratch;

/**
 * The gradient of a convolution's weights,
 *
 * <pre>
 *   dw[o, i, kh, kw] = sum over n, h, w of dy[n, h, w, o] * x[n, h strideH + kh dilationH - padTop, …, i]
 * </pre>
 *
 * <p>The sum runs over chunks of pixels, each summed from zero and added to the chunks before. The
 * gradients of outputs are the rows of the product and the inputs its columns, so that a row of its
 * result lies together in OIHW. A block is some rows by some panels of columns.
 */
public final class DirectWeightGradient implements GradientBlocks {
  /** Pixels of a chunk: its gradients and a panel of inputs stay in the second-level cache. */
  public static final int CHUNK = 128;

  /** Outputs of a block at the most: the more there are, the rarer are inputs copied. */
  private static final int ROWS = 512;

  /** Floats between copied rows: an odd number of cache lines, to use all sets of the cache. */
  private static final int ROW_STEP = ROWS + 16;

  /** Panels of a strip at the most: of more there would be few rows in a block. */
  private static final int STRIP_PANELS = 9;

  /** Panels of a block at the most: the more there are, the rarer are gradients copied. */
  private static final int BLOCK_PANELS = 8;

  /** Sums of a block at the most: 512 KB. */
  private static final int BLOCK_FLOATS = 128 << 10;

  /** Floats from pixel to pixel up to which operands are read where they are. */
  private static final int IN_PLACE = 600;

  /** Floats of which a multiple, from pixel to pixel, leaves most sets of the cache unused. */
  private static final int CROWDED = 128;

  /** Pieces at the most. */
  private static final int PIECES = 16;

  /** Weights up to which there are so many; of twice as many there are half. */
  private static final int PIECE_WEIGHTS = 36 << 10;

  private final Kernels kernels;
  private final RowKernels rowKernels;
  private final ConvolutionGeometry geometry;
  private final WindowRows windows;
  private final WindowRows outputGradient;
  private final int slices;
  private final TermPanel[] panels;
  private final PanelProduct[] products;
  private final int panelFloats;
  private final Scratch[] scratch;
  private final int columnStart;
  private final PixelGrid x;
  private final PixelGrid dy;

  /** Whether the rows of products, or their panels, are read where they are. */
  private final boolean rowsInPlace;

  private final boolean panelsInPlace;

  /** Panels that have all columns, of terms that lie one behind the other. */
  private final int wholePanels;

  /** Panels that stay together: all taps of some inputs, or one. */
  private final int strip;

  private final int stripGroups;

  /** Whether threads share out blocks alone. */
  private final boolean whole;

  private final float[] zeros;

  /**
   * @param forward the forward pass
   * @param dy the gradient of its output
   */
  public DirectWeightGradient(
      ConvolutionGeometry geometry, Correlation forward, PixelGrid dy, Binding binding) {
    this.geometry = geometry;
    kernels = binding.kernels();
    rowKernels = kernels.rows();
    windows =
        new WindowRows(
            forward.from(), forward.offsets(), forward.columns(), geometry.groupInputs(), kernels);
    outputGradient = new WindowRows(dy, new int[] {0}, 1, geometry.groupOutputs(), kernels);
    panels = TermPanel.cut(geometry, kernels.panelWidth());
    strip =
        TermPanel.wholeTaps(geometry, kernels.panelWidth()) && geometry.taps() <= STRIP_PANELS
            ? geometry.taps()
            : 1;
    this.dy = dy;
    this.x = forward.from();
    GradientSplit split = split(binding);
    slices = split.slices();
    stripGroups = split.panelGroups();
    whole = split.whole();
    rowsInPlace = dy.step() > 0 && dy.step() <= IN_PLACE;
    panelsInPlace =
        geometry.taps() == 1 && x.step() > 0 && x.step() <= IN_PLACE && x.step() % CROWDED != 0;
    products = new PanelProduct[panels.length];
    for (int panel = 0; panel < panels.length; panel++) {
      int width = width(panels[panel]);
      products[panel] =
          kernels.product(
              rowsInPlace ? dy.step() : ROW_STEP,
              1,
              panelsInPlace ? x.step() : copiedStep(panels[panel]),
              width);
    }
    wholePanels = geometry.taps() == 1 ? geometry.groupInputs() / kernels.panelWidth() : 0;
    int rows = (geometry.groupOutputs() + slices - 1) / slices;
    panelFloats = (rows + Kernels.SPARE_ROWS) * kernels.panelWidth();
    columnStart = Scratch.aligned(CHUNK * ROW_STEP + Kernels.SPARE_ROWS);
    zeros = binding.arena().floats(kernels.panelWidth());
    scratch = binding.arena().scratch(binding.pool().threads(), scratchFloats());
  }

  private GradientSplit split(Binding binding) {
    PassCapacity capacity = binding.capacity();
    int chunks = (int) (((long) capacity.shardSamples() * units() + CHUNK - 1) / CHUNK);
    return GradientSplit.of(
        new GradientSplit.Shape(
            geometry.groups(),
            geometry.groupOutputs(),
            panels.length / strip,
            strip * kernels.panelWidth()),
        new GradientSplit.Limits(ROWS, Math.max(1, BLOCK_PANELS / strip), BLOCK_FLOATS),
        new GradientSplit.Terms(
            (long) capacity.samples() * units(), capacity.shards(), Math.min(pieces(), chunks)),
        binding.pool().threads());
  }

  private int blockPanels() {
    return (panels.length / strip + stripGroups - 1) / stripGroups * strip;
  }

  @Override
  public int blocks() {
    return geometry.groups() * slices * stripGroups;
  }

  @Override
  public int enough(int threads) {
    return whole ? blocks() : GradientBlocks.super.enough(threads);
  }

  @Override
  public int blockFloats() {
    return blockPanels() * panelFloats;
  }

  @Override
  public int scratchFloats() {
    return columnStart + blockPanels() * copiedFloats();
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
    return pieces(geometry);
  }

  /** Into how many pieces the sum of a shard is cut, whoever computes it. */
  static int pieces(ConvolutionGeometry geometry) {
    return Math.max(1, PIECES * PIECE_WEIGHTS / Math.max(PIECE_WEIGHTS, geometry.weights()));
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    for (int first = from; first < until; first += CHUNK) {
      boolean begins = first == from && !adds;
      sumChunk(block, first, Math.min(CHUNK, until - first), begins, to, start, thread);
    }
  }

  private void sumChunk(
      int block, int first, int count, boolean begins, float[] to, int start, int thread) {
    int slice = slice(block);
    int group = group(block);
    int from = sliceStart(slice);
    int until = sliceStart(slice + 1);
    float[] data = scratch[thread].data();
    int copiedRows = scratch[thread].offset();
    int copiedPanels = copiedRows + columnStart;
    if (!rowsInPlace) {
      outputGradient.pack(from, until, group, first, count, data, copiedRows, ROW_STEP);
    }
    int firstPanel = firstPanel(block);
    if (!panelsInPlace) {
      packPanels(firstPanel, lastPanel(block), group, first, count, data, copiedPanels);
    }
    for (int p = firstPanel; p < lastPanel(block); p++) {
      TermPanel panel = panels[p];
      int copied = copiedPanels + (p - firstPanel) * copiedFloats();
      int sums = start + (p - firstPanel) * panelFloats;
      products[p].multiply(
          count,
          rowsInPlace ? dy.data() : data,
          rowsInPlace ? dy.at(first) + group * geometry.groupOutputs() + from : copiedRows,
          panelsInPlace ? x.data() : data,
          panelsInPlace ? x.at(first) + group * geometry.groupInputs() + panel.from() : copied,
          begins ? zeros : to,
          begins ? 0 : sums,
          begins ? 0 : width(panel),
          to,
          sums,
          width(panel),
          until - from);
    }
  }

  /** Copies a chunk of inputs for some panels: many channels in the order in which they lie. */
  private void packPanels(
      int from, int until, int group, int first, int count, float[] to, int start) {
    int width = kernels.panelWidth();
    int whole = Math.min(until, wholePanels) - from;
    for (int i = 0; i < count && whole > 0; i++) {
      int at = x.at(first + i) + group * geometry.groupInputs() + from * width;
      rowKernels.copyRows(x.data(), at, width, to, start + i * width, copiedFloats(), whole, width);
    }
    for (int p = from + Math.max(0, whole); p < until; p++) {
      TermPanel panel = panels[p];
      int at = start + (p - from) * copiedFloats();
      windows.pack(panel.from(), panel.until(), group, first, count, to, at, copiedStep(panel));
    }
  }

  private int slice(int block) {
    return block / stripGroups % slices;
  }

  private int group(int block) {
    return block / stripGroups / slices;
  }

  private int firstPanel(int block) {
    return block % stripGroups * (panels.length / strip) / stripGroups * strip;
  }

  private int lastPanel(int block) {
    return (block % stripGroups + 1) * (panels.length / strip) / stripGroups * strip;
  }

  /** The first output of a slice: slices are equally long, or nearly so. */
  private int sliceStart(int slice) {
    return (int) ((long) slice * geometry.groupOutputs() / slices);
  }

  /** Floats between copied rows of a panel: short runs of terms are copied in whole vectors. */
  private int copiedStep(TermPanel panel) {
    boolean shortRuns = geometry.groupInputs() < kernels.lanes();
    return width(panel) + (shortRuns ? kernels.lanes() : 0);
  }

  /** Floats from one copied panel to the next. */
  private int copiedFloats() {
    return CHUNK * (kernels.panelWidth() + kernels.lanes());
  }

  private int width(TermPanel panel) {
    return kernels.widthFor(panel.until() - panel.from());
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int slice = slice(block);
    int rowLength = geometry.groupInputs() * geometry.taps();
    int output = sliceStart(slice);
    int outputs = sliceStart(slice + 1) - output;
    int first = offset + (group(block) * geometry.groupOutputs() + output) * rowLength;
    if (geometry.taps() == 1) {
      storePanels(block, sum, start, target, first, outputs);
      return;
    }
    // output by output: the taps of an input, which are in several panels, share cache lines
    for (int i = 0; i < outputs; i++) {
      storeOutput(block, i, sum, start, target, first + i * rowLength);
    }
  }

  /** Stores the sums of a single tap: they lie as they shall. */
  private void storePanels(int block, float[] sum, int start, float[] to, int first, int outputs) {
    int from = start;
    for (int p = firstPanel(block); p < lastPanel(block); p++, from += panelFloats) {
      TermPanel panel = panels[p];
      int length = panel.until() - panel.from();
      int width = width(panel);
      int at = first + panel.from();
      rowKernels.copyRows(sum, from, width, to, at, geometry.groupInputs(), outputs, length);
    }
  }

  private void storeOutput(int block, int output, float[] sum, int start, float[] to, int row) {
    int from = start;
    for (int p = firstPanel(block); p < lastPanel(block); p += strip, from += strip * panelFloats) {
      TermPanel panel = panels[p];
      int sums = from + output * width(panel);
      if (strip == geometry.taps()) {
        int inputs = panel.until() - panel.from();
        int at = row + panel.from() * strip;
        rowKernels.transpose(sum, sums, panelFloats, strip, to, at, inputs);
      } else {
        storeTerms(panel, sum, sums, to, row);
      }
    }
  }

  /** Stores a panel's terms of one output, OIHW: in the sum, tap by tap and input by input. */
  private void storeTerms(TermPanel panel, float[] from, int start, float[] to, int offset) {
    int channels = geometry.groupInputs();
    int taps = geometry.taps();
    for (int term = panel.from(); term < panel.until(); ) {
      int tap = term / channels;
      int run = Math.min(panel.until(), (tap + 1) * channels) - term;
      int at = offset + (term - tap * channels) * taps + tap;
      int source = start + term - panel.from();
      for (int j = 0; j < run; j++) {
        to[at + j * taps] = from[source + j];
      }
      term += run;
    }
  }
}
