package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a convolution's weights,
 *
 * <pre>
 *   dw[o, i, kh, kw] = sum over n, h, w of dy[n, h, w, o] * x[n, h strideH + kh dilationH - padTop, …, i]
 * </pre>
 *
 * <p>The sum runs over chunks of pixels, each summed from zero and added to the chunks before.
 * Threads share out weights, never a sum. Where weights are few, the pixels are cut into pieces,
 * which the shape decides ({@link GradientParts}).
 *
 * <p>The gradients of outputs are the rows of the product and the inputs its columns, so that a row
 * of its result lies together in OIHW.
 */
final class DirectWeightGradient implements GradientPass {
  /** Pixels of a chunk: its gradients and a panel of inputs stay in the second-level cache. */
  private static final int CHUNK = 128;

  /** Outputs of a block at the most. */
  private static final int ROWS = 192;

  /** Panels of a block at the most: their sums stay there, too. */
  private static final int BLOCK_PANELS = 9;

  /** Blocks of {@link #ROWS} outputs by 64 terms that make pieces needless. */
  private static final int ENOUGH_BLOCKS = 16;

  private final WorkPool pool;
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
  private final int sumStart;
  private final GradientParts parts;
  private final WorkPool.Block block = this::runBlock;
  private final int imagePixels;
  private int pieces;
  private int chunks;
  private int pixels;
  private int panelGroups;

  /** Terms of a window that are the columns of one panel. */
  private record TermPanel(int from, int until) {}

  /**
   * @param forward the forward pass
   * @param dy the gradient of its output
   */
  DirectWeightGradient(
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid dy,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.pool = pool;
    this.geometry = geometry;
    this.kernels = kernels;
    rowKernels = kernels.rows();
    imagePixels = dy.pixels();
    windows =
        new WindowRows(
            forward.from(), forward.offsets(), forward.columns(), geometry.groupInputs(), kernels);
    outputGradient = new WindowRows(dy, new int[] {0}, 1, geometry.groupOutputs(), kernels);
    slices = (geometry.groupOutputs() + ROWS - 1) / ROWS;
    panels = cut(geometry, kernels.panelWidth());
    products = new PanelProduct[panels.length];
    for (int panel = 0; panel < panels.length; panel++) {
      int width = kernels.widthFor(panels[panel].until - panels[panel].from);
      products[panel] = kernels.product(ROWS, 1, width);
    }
    panelFloats = (ROWS + Kernels.SPARE_ROWS) * kernels.panelWidth();
    columnStart = Scratch.aligned(CHUNK * ROWS + Kernels.SPARE_ROWS);
    sumStart = columnStart + CHUNK * kernels.panelWidth();
    int sums = Math.min(panels.length, BLOCK_PANELS) * panelFloats;
    scratch = arena.scratch(pool.threads(), sumStart + (long) sums);
    int blocks = geometry.groups() * slices * ((windows.terms() + 63) / 64);
    parts = new GradientParts(ENOUGH_BLOCKS / blocks, geometry.weights(), kernels, pool, arena);
  }

  /** Whole panels, where taps of few channels go together, else panels of one tap each. */
  private static TermPanel[] cut(ConvolutionGeometry geometry, int width) {
    int channels = geometry.groupInputs();
    int terms = geometry.taps() * channels;
    List<TermPanel> panels = new ArrayList<>();
    if (channels <= width / 2) {
      for (int from = 0; from < terms; from += width) {
        panels.add(new TermPanel(from, Math.min(from + width, terms)));
      }
      return panels.toArray(new TermPanel[0]);
    }
    for (int input = 0; input < channels; input += width) {
      // the taps of the same inputs lie together in OIHW
      for (int tap = 0; tap < geometry.taps(); tap++) {
        int until = Math.min(input + width, channels);
        panels.add(new TermPanel(tap * channels + input, tap * channels + until));
      }
    }
    return panels.toArray(new TermPanel[0]);
  }

  @Override
  public void run(int samples, float[] target, int offset) {
    pixels = samples * imagePixels;
    chunks = (pixels + CHUNK - 1) / CHUNK;
    pieces = parts.begin(chunks, target, offset);
    int blocks = pieces * geometry.groups() * slices;
    int wanted = (4 * pool.threads() + blocks - 1) / blocks;
    int needed = (panels.length + BLOCK_PANELS - 1) / BLOCK_PANELS;
    panelGroups = Math.max(needed, Math.min(panels.length, wanted));
    pool.run(blocks * panelGroups, block);
    parts.finish();
  }

  private void runBlock(int index, int thread) {
    int part = index % panelGroups;
    int slice = index / panelGroups % slices;
    int group = index / panelGroups / slices % geometry.groups();
    int piece = index / panelGroups / slices / geometry.groups();
    int firstPanel = part * panels.length / panelGroups;
    int lastPanel = (part + 1) * panels.length / panelGroups;
    float[] data = scratch[thread].data();
    int out = scratch[thread].offset() + sumStart;
    Arrays.fill(data, out, out + (lastPanel - firstPanel) * panelFloats, 0f);
    int lastChunk = (piece + 1) * chunks / pieces;
    for (int chunk = piece * chunks / pieces; chunk < lastChunk; chunk++) {
      addChunk(chunk * CHUNK, group, slice, firstPanel, lastPanel, thread);
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      int from = out + (panel - firstPanel) * panelFloats;
      store(group, slice, panels[panel], data, from, parts.array(piece), parts.offset(piece));
    }
  }

  private void addChunk(
      int first, int group, int slice, int firstPanel, int lastPanel, int thread) {
    int count = Math.min(CHUNK, pixels - first);
    int from = sliceStart(slice);
    int until = sliceStart(slice + 1);
    float[] data = scratch[thread].data();
    int dy = scratch[thread].offset();
    int x = dy + columnStart;
    outputGradient.pack(from, until, group, first, count, data, dy, ROWS);
    for (int p = firstPanel; p < lastPanel; p++) {
      TermPanel panel = panels[p];
      int width = width(panel);
      windows.pack(panel.from, panel.until, group, first, count, data, x, width);
      products[p].accumulate(
          count,
          data,
          dy,
          data,
          x,
          data,
          dy + sumStart + (p - firstPanel) * panelFloats,
          width,
          until - from);
    }
  }

  /** The first output of a slice: slices are equally long, or nearly so. */
  private int sliceStart(int slice) {
    return (int) ((long) slice * geometry.groupOutputs() / slices);
  }

  private int width(TermPanel panel) {
    return kernels.widthFor(panel.until - panel.from);
  }

  private void store(
      int group, int slice, TermPanel panel, float[] from, int start, float[] to, int offset) {
    int taps = geometry.taps();
    int channels = geometry.groupInputs();
    int width = width(panel);
    int output = sliceStart(slice);
    int outputs = sliceStart(slice + 1) - output;
    int first = offset + (group * geometry.groupOutputs() + output) * channels * taps;
    if (taps == 1) {
      int length = panel.until - panel.from;
      rowKernels.copyRows(from, start, width, to, first + panel.from, channels, outputs, length);
      return;
    }
    for (int i = 0; i < outputs; i++) {
      int tap = panel.from / channels;
      int input = panel.from % channels;
      int row = first + i * channels * taps;
      for (int j = 0; j < panel.until - panel.from; j++) {
        to[row + input * taps + tap] = from[start + i * width + j];
        if (++input == channels) {
          input = 0;
          tap++;
        }
      }
    }
  }
}
