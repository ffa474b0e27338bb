package io.convoy.operation.winograd;

import static io.convoy.kernel.Winograd.PLANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.gradient.GradientBlocks;
import io.convoy.tensor.Scratch;

/**
 * The gradient of the weights of a convolution at stride 1 by {@link WinogradKernels}: transformed
 * tiles of the output's gradient times transformed tiles of the input, summed over tiles, plane by
 * plane; the sums are transformed back once.
 *
 * <p>A block of the weights is up to 64 outputs by a panel of inputs. Whoever sums it transforms
 * what it needs: its sums never leave the second-level cache. The sum runs over chunks of tiles,
 * each summed from zero and added to the chunks before; it is transformed back piece by piece.
 */
public final class WinogradWeightGradient implements GradientBlocks {
  /** Outputs of a block at the most. */
  private static final int ROWS = 64;

  private static final int CHUNK = 32;

  /** Chunks that are transformed before any is multiplied, at the most. */
  private static final int CHUNKS_AT_ONCE = 4;

  /** Floats of transformed tiles and sums that stay in the second-level cache. */
  private static final int CACHED_FLOATS = 320 << 10;

  /** Outputs are read in whole cache lines. */
  private static final int LINE = 16;

  /** Blocks of {@link #ROWS} outputs by 64 inputs that make pieces needless. */
  private static final int ENOUGH_BLOCKS = 8;

  private final Kernels kernels;
  private final WinogradKernels winograd;
  private final ConvolutionGeometry geometry;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final WinogradTiles tiling;
  private final int slices;
  private final int panels;

  /** Floats from one transformed tile of the output's gradient to the next. */
  private final int gradientStep;

  private final int chunksAtOnce;
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final int lastWidth;
  private final int inputPlane;
  private final int gradientPlane;
  private final int sumPlane;
  private final int gradientStart;
  private final int sumStart;
  private final int workStart;
  private final int rowStart;
  private final int rowFloats;
  private final float[] zeros;
  private final Scratch[] scratch;

  public WinogradWeightGradient(
      WinogradForm form,
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Binding binding) {
    kernels = binding.kernels();
    winograd = kernels.winograd(form);
    this.geometry = geometry;
    this.forward = forward;
    this.outputGradient = outputGradient;
    tiling = new WinogradTiles(form, outputGradient, kernels);
    int width = kernels.panelWidth();
    slices = (geometry.groupOutputs() + ROWS - 1) / ROWS;
    panels = (geometry.groupInputs() + width - 1) / width;
    lastWidth = kernels.widthFor(geometry.groupInputs() - (panels - 1) * width);
    int widest = panels == 1 ? lastWidth : width;
    int rows = Math.min(ROWS, geometry.groupOutputs());
    gradientStep = (rows + LINE - 1) / LINE * LINE;
    product = kernels.product(gradientStep, 1, width);
    lastProduct = kernels.product(gradientStep, 1, lastWidth);
    chunksAtOnce = chunksAtOnce(rows, widest);
    int tiles = chunksAtOnce * CHUNK;
    inputPlane = WinogradTiles.planeStep(tiles * widest);
    gradientPlane = WinogradTiles.planeStep(tiles * gradientStep);
    sumPlane = WinogradTiles.planeStep((rows + Kernels.SPARE_ROWS) * widest);
    gradientStart = PLANES * inputPlane;
    sumStart = gradientStart + PLANES * gradientPlane;
    workStart = sumStart + PLANES * sumPlane;
    rowStart = workStart + WinogradTiles.workFloats(Math.max(gradientStep, widest));
    rowFloats = geometry.taps() * width;
    zeros = binding.arena().floats(width);
    scratch = binding.arena().scratch(binding.pool().threads(), scratchFloats());
  }

  /** As many as the cache holds: the sums of a plane stay close by from one to the next. */
  private static int chunksAtOnce(int rows, int width) {
    int free = CACHED_FLOATS - PLANES * rows * width;
    int fit = free / (PLANES * CHUNK * (rows + width));
    return Math.max(1, Math.min(CHUNKS_AT_ONCE, fit));
  }

  @Override
  public int blocks() {
    return geometry.groups() * slices * panels;
  }

  @Override
  public int blockFloats() {
    return Math.min(ROWS, geometry.groupOutputs()) * rowFloats;
  }

  @Override
  public int scratchFloats() {
    return rowStart + geometry.taps() * kernels.panelWidth();
  }

  @Override
  public int units() {
    return tiling.count();
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public int pieces() {
    return ENOUGH_BLOCKS / (geometry.groups() * slices * ((geometry.groupInputs() + 63) / 64));
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    int panel = panel(block);
    int slice = slice(block);
    float[] data = scratch[thread].data();
    int base = scratch[thread].offset();
    for (int first = from; first < until; first += chunksAtOnce * CHUNK) {
      int count = Math.min(chunksAtOnce * CHUNK, until - first);
      transform(first, count, block, data, base);
      multiply(count, first == from, slice, panel, data, base);
    }
    transformBack(slice, panel, data, base, adds, to, start);
  }

  private void transform(int first, int count, int block, float[] data, int base) {
    int panel = panel(block);
    int slice = slice(block);
    int width = width(panel);
    int firstInput = group(block) * geometry.groupInputs() + panel * kernels.panelWidth();
    int firstOutput = group(block) * geometry.groupOutputs() + slice * ROWS;
    int inputs = inputs(panel);
    int work = base + workStart;
    for (int i = 0; i < count; i++) {
      int tile = first + i;
      int x = base + i * width;
      int offset = forward.offsets()[0];
      tiling.input(forward.from(), offset, tile, firstInput, inputs, data, work, x, inputPlane);
      int dy = base + gradientStart + i * gradientStep;
      tiling.outputGradient(
          outputGradient, tile, firstOutput, outputs(slice), data, work, dy, gradientPlane);
    }
  }

  /** Sums chunks plane by plane. */
  private void multiply(int count, boolean begins, int slice, int panel, float[] data, int base) {
    int width = width(panel);
    PanelProduct sum = panel == panels - 1 ? lastProduct : product;
    for (int plane = 0; plane < PLANES; plane++) {
      int dy = base + gradientStart + plane * gradientPlane;
      int x = base + plane * inputPlane;
      int sums = base + sumStart + plane * sumPlane;
      for (int chunk = 0; chunk < count; chunk += CHUNK) {
        boolean fromZero = begins && chunk == 0;
        sum.multiply(
            Math.min(CHUNK, count - chunk),
            data,
            dy + chunk * gradientStep,
            data,
            x + chunk * width,
            fromZero ? zeros : data,
            fromZero ? 0 : sums,
            fromZero ? 0 : width,
            data,
            sums,
            width,
            outputs(slice));
      }
    }
  }

  private int panel(int block) {
    return block % panels;
  }

  private int slice(int block) {
    return block / panels % slices;
  }

  private int group(int block) {
    return block / panels / slices;
  }

  /** Inputs of a panel. */
  private int inputs(int panel) {
    return Math.min(width(panel), geometry.groupInputs() - panel * kernels.panelWidth());
  }

  private int width(int panel) {
    return panel == panels - 1 ? lastWidth : kernels.panelWidth();
  }

  private int outputs(int slice) {
    return Math.min(ROWS, geometry.groupOutputs() - slice * ROWS);
  }

  /** Transforms the sums back, to a row of each output, tap by tap. */
  private void transformBack(
      int slice, int panel, float[] data, int base, boolean adds, float[] to, int start) {
    int width = width(panel);
    int work = base + workStart;
    int row = base + rowStart;
    for (int output = 0; output < outputs(slice); output++) {
      int from = base + sumStart + output * width;
      int at = start + output * rowFloats;
      if (adds) {
        winograd.weightGradient(data, from, sumPlane, data, row, width, width, data, work);
        kernels.rows().add(data, row, to, at, geometry.taps() * width);
      } else {
        winograd.weightGradient(data, from, sumPlane, to, at, width, width, data, work);
      }
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int panel = panel(block);
    int slice = slice(block);
    int width = width(panel);
    int inputs = inputs(panel);
    int taps = geometry.taps();
    int rowLength = geometry.groupInputs() * taps;
    int firstOutput = group(block) * geometry.groupOutputs() + slice * ROWS;
    int at = offset + firstOutput * rowLength + panel * kernels.panelWidth() * taps;
    for (int output = 0; output < outputs(slice); output++, at += rowLength) {
      int row = start + output * rowFloats;
      kernels.rows().transpose(sum, row, width, taps, target, at, inputs);
    }
  }
}
