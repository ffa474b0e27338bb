package io.convoy.layer;

import static io.convoy.kernel.Winograd.PLANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * The gradient of the weights of a convolution at stride 1 by {@link WinogradKernels}: transformed
 * tiles of the output's gradient times transformed tiles of the input, summed over tiles, plane by
 * plane; the sums are transformed back once.
 *
 * <p>A block of the weights, up to 64 outputs by a panel of inputs, belongs to one thread, which
 * transforms what it needs: its sums never leave the second-level cache. The sum runs over chunks
 * of tiles, each summed from zero and added to the chunks before. Where blocks are few, the tiles
 * are cut into pieces, which the shape decides ({@link GradientParts}).
 */
final class WinogradWeightGradient implements GradientPass {
  /** Outputs of a block, and floats from one transformed tile of their gradients to the next. */
  private static final int ROWS = 64;

  private static final int CHUNK = 32;
  private static final int STAGGER = 16;

  /** Blocks of {@link #ROWS} outputs by 64 inputs that make pieces needless. */
  private static final int ENOUGH_BLOCKS = 8;

  private final Kernels kernels;
  private final WinogradKernels winograd;
  private final WorkPool pool;
  private final ConvolutionGeometry geometry;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final WinogradTiles tiling;
  private final int slices;
  private final int panels;
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final int lastWidth;
  private final int inputPlane;
  private final int gradientPlane;
  private final int sumPlane;
  private final int gradientStart;
  private final int sumStart;
  private final int edgeStart;
  private final Scratch[] scratch;
  private final GradientParts parts;
  private final WorkPool.Block block = this::runBlock;
  private int tiles;
  private int chunks;
  private int pieces;

  WinogradWeightGradient(
      WinogradForm form,
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels;
    winograd = kernels.winograd(form);
    this.pool = pool;
    this.geometry = geometry;
    this.forward = forward;
    this.outputGradient = outputGradient;
    tiling = new WinogradTiles(form, outputGradient, kernels);
    int width = kernels.panelWidth();
    slices = (geometry.outChannels() + ROWS - 1) / ROWS;
    panels = (geometry.groupInputs() + width - 1) / width;
    lastWidth = kernels.widthFor(geometry.groupInputs() - (panels - 1) * width);
    product = kernels.product(ROWS, 1, width);
    lastProduct = kernels.product(ROWS, 1, lastWidth);
    inputPlane = CHUNK * width + STAGGER;
    gradientPlane = CHUNK * ROWS + STAGGER;
    sumPlane = (ROWS + Kernels.SPARE_ROWS) * width + STAGGER;
    gradientStart = PLANES * inputPlane;
    sumStart = gradientStart + PLANES * gradientPlane;
    edgeStart = sumStart + PLANES * sumPlane;
    scratch =
        arena.scratch(
            pool.threads(), edgeStart + (long) WinogradTiles.EDGE * Math.max(ROWS, width));
    int blocks = slices * ((geometry.groupInputs() + 63) / 64);
    parts = new GradientParts(ENOUGH_BLOCKS / blocks, geometry.weights(), kernels, pool, arena);
  }

  @Override
  public void run(int samples, float[] target, int offset) {
    tiles = samples * tiling.count();
    chunks = (tiles + CHUNK - 1) / CHUNK;
    pieces = parts.begin(chunks, target, offset);
    pool.run(pieces * slices * panels, block);
    parts.finish();
  }

  private void runBlock(int index, int thread) {
    int panel = index % panels;
    int slice = index / panels % slices;
    int piece = index / panels / slices;
    float[] data = scratch[thread].data();
    int base = scratch[thread].offset();
    Arrays.fill(data, base + sumStart, base + edgeStart, 0f);
    int last = (piece + 1) * chunks / pieces;
    for (int chunk = piece * chunks / pieces; chunk < last; chunk++) {
      addChunk(chunk * CHUNK, slice, panel, data, base);
    }
    store(piece, slice, panel, data, base);
  }

  private void addChunk(int first, int slice, int panel, float[] data, int base) {
    int count = Math.min(CHUNK, tiles - first);
    int width = width(panel);
    int firstInput = panel * kernels.panelWidth();
    int inputs = Math.min(width, geometry.groupInputs() - firstInput);
    int edge = base + edgeStart;
    for (int i = 0; i < count; i++) {
      int tile = first + i;
      int x = base + i * width;
      int offset = forward.offsets()[0];
      tiling.input(forward.from(), offset, tile, firstInput, inputs, data, edge, x, inputPlane);
      int dy = base + gradientStart + i * ROWS;
      tiling.outputGradient(
          outputGradient, tile, slice * ROWS, outputs(slice), data, edge, dy, gradientPlane);
    }
    for (int plane = 0; plane < PLANES; plane++) {
      (panel == panels - 1 ? lastProduct : product)
          .accumulate(
              count,
              data,
              base + gradientStart + plane * gradientPlane,
              data,
              base + plane * inputPlane,
              data,
              base + sumStart + plane * sumPlane,
              width(panel),
              outputs(slice));
    }
  }

  private int width(int panel) {
    return panel == panels - 1 ? lastWidth : kernels.panelWidth();
  }

  private int outputs(int slice) {
    return Math.min(ROWS, geometry.outChannels() - slice * ROWS);
  }

  /** Transforms the sums back, row by row, and writes them to their OIHW places. */
  private void store(int piece, int slice, int panel, float[] data, int base) {
    int width = width(panel);
    int firstInput = panel * kernels.panelWidth();
    int inputs = Math.min(width, geometry.groupInputs() - firstInput);
    int taps = geometry.taps();
    int row = base + edgeStart; // a row of outputs, tap by tap
    float[] to = parts.array(piece);
    int rowLength = geometry.groupInputs() * taps;
    int at = parts.offset(piece) + slice * ROWS * rowLength + firstInput * taps;
    for (int output = 0; output < outputs(slice); output++, at += rowLength) {
      winograd.weightGradient(
          data, base + sumStart + output * width, sumPlane, data, row, width, width);
      for (int tap = 0; tap < taps; tap++) {
        for (int input = 0; input < inputs; input++) {
          to[at + input * taps + tap] = data[row + tap * width + input];
        }
      }
    }
  }
}
