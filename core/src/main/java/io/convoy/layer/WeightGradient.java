package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import java.util.Arrays;

/**
 * The gradient of a convolution's weights,
 *
 * <pre>
 *   dw[o, i, kh, kw] = sum over n, h, w of dy[n, h, w, o] * x[n, h strideH + kh dilationH - padTop, …, i]
 * </pre>
 *
 * <p>The sum runs over chunks of pixels, each summed from zero and added to the chunks before.
 * Threads share out weights, never a sum. Where weights are few, the pixels are cut into pieces,
 * which the shape decides, with a sum each; the pieces are added in order.
 */
final class WeightGradient {
  /** Pixels of a chunk: its rows and a panel of its gradients stay in the second-level cache. */
  private static final int CHUNK = 128;

  /** Panels of a block at the most: so do their sums. */
  private static final int BLOCK_PANELS = 8;

  /** Blocks of weights, of 192 terms and 64 outputs each, that make pieces needless. */
  private static final int ENOUGH_BLOCKS = 16;

  private final WorkPool pool;
  private final RowKernels rowKernels;
  private final PixelGrid outputGradient;
  private final WindowRows windows;
  private final PackedWeights weights;
  private final PanelProduct[] products;
  private final Arena.Slice[] rows;
  private final Arena.Slice[] panels;
  private final Arena.Slice[] sums;
  private final float[][] parts;
  private final WorkPool.Block block = this::runBlock;
  private final WorkPool.Block sum = this::sumParts;
  private int pieces;
  private int chunks;
  private int pixels;
  private int panelGroups;
  private float[] target;
  private int targetOffset;

  /**
   * @param forward the forward pass
   * @param outputGradient the gradient of its output
   */
  WeightGradient(
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.pool = pool;
    this.rowKernels = kernels.rows();
    this.outputGradient = outputGradient;
    windows = new WindowRows(forward.from(), forward.offsets(), geometry.groupInputs());
    weights = geometry.packing(forward, kernels);
    products = weights.products(WindowRows.LENGTH, 1);
    int width = kernels.panelWidth();
    int sumRows = WindowRows.LENGTH + Kernels.SPARE_ROWS;
    rows = arena.scratch(pool.threads(), CHUNK * WindowRows.LENGTH + Kernels.SPARE_ROWS);
    panels = arena.scratch(pool.threads(), CHUNK * width);
    sums =
        arena.scratch(pool.threads(), Math.min(weights.panels(), BLOCK_PANELS) * sumRows * width);
    int blocks = geometry.groups() * windows.slices() * ((geometry.groupOutputs() + 63) / 64);
    parts = arena.floats(Math.max(1, ENOUGH_BLOCKS / blocks) - 1, geometry.weights());
  }

  /** Writes the gradient over {@code samples} samples to its OIHW places from {@code offset} on. */
  void run(int samples, float[] target, int offset) {
    this.target = target;
    this.targetOffset = offset;
    pixels = samples * outputGradient.pixels();
    chunks = (pixels + CHUNK - 1) / CHUNK;
    pieces = Math.min(parts.length + 1, chunks);
    int blocks = pieces * weights.groups() * windows.slices();
    int wanted = (4 * pool.threads() + blocks - 1) / blocks;
    int needed = (weights.panels() + BLOCK_PANELS - 1) / BLOCK_PANELS;
    panelGroups = Math.max(needed, Math.min(weights.panels(), wanted));
    pool.run(blocks * panelGroups, block);
    if (pieces > 1) {
      pool.run(pool.threads(), sum);
    }
  }

  private void runBlock(int index, int thread) {
    int part = index % panelGroups;
    int slice = index / panelGroups % windows.slices();
    int groupAndPiece = index / panelGroups / windows.slices();
    int group = groupAndPiece % weights.groups();
    int piece = groupAndPiece / weights.groups();
    int firstPanel = part * weights.panels() / panelGroups;
    int lastPanel = (part + 1) * weights.panels() / panelGroups;
    Arena.Slice out = sums[thread];
    Arrays.fill(out.data(), out.offset(), out.offset() + place(lastPanel - firstPanel), 0f);
    int lastChunk = (piece + 1) * chunks / pieces;
    for (int chunk = piece * chunks / pieces; chunk < lastChunk; chunk++) {
      int first = chunk * CHUNK;
      int count = Math.min(CHUNK, pixels - first);
      Arena.Slice x = rows[thread];
      windows.pack(slice, group, first, count, x.data(), x.offset());
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        Arena.Slice dy = panels[thread];
        packPanel(group, panel, first, count, dy);
        products[panel].accumulate(
            count,
            x.data(),
            x.offset(),
            dy.data(),
            dy.offset(),
            out.data(),
            out.offset() + place(panel - firstPanel),
            windows.sliceLength(slice));
      }
    }
    float[] to = piece == 0 ? target : parts[piece - 1];
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      int from = out.offset() + place(panel - firstPanel);
      int term = windows.sliceStart(slice);
      int terms = windows.sliceLength(slice);
      int offset = piece == 0 ? targetOffset : 0;
      weights.unpack(group, panel, term, terms, out.data(), from, to, offset);
    }
  }

  /** Where a block's sums for a panel lie. */
  private int place(int panel) {
    return panel * (WindowRows.LENGTH + Kernels.SPARE_ROWS) * weights.width(0);
  }

  /** Packs a panel's channels; what the panel has beyond them is zero. */
  private void packPanel(int group, int panel, int first, int count, Arena.Slice to) {
    int columns = weights.columns(panel);
    int width = weights.width(panel);
    int channel = weights.channel(group, panel);
    int at = to.offset();
    for (int i = first; i < first + count; i++, at += width) {
      System.arraycopy(
          outputGradient.data(), outputGradient.at(i) + channel, to.data(), at, columns);
      Arrays.fill(to.data(), at + columns, at + width, 0f);
    }
  }

  private void sumParts(int index, int thread) {
    int length = windows.terms() * weights.groups() * weights.outputs();
    int from = (int) ((long) index * length / pool.threads());
    int until = (int) ((long) (index + 1) * length / pool.threads());
    for (int piece = 1; piece < pieces; piece++) {
      rowKernels.add(parts[piece - 1], from, target, targetOffset + from, until - from);
    }
  }
}
