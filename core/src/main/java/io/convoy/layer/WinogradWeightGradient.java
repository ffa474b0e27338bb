package io.convoy.layer;

import static io.convoy.kernel.Winograd.PLANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * The gradient of the weights of a convolution at stride 1 by {@link WinogradKernels}: transformed
 * tiles of the output's gradient times transformed tiles of the input, summed over tiles, plane by
 * plane; the sums are transformed back once.
 *
 * <p>A block of the weights is up to 64 outputs by a panel of inputs. Whoever sums it transforms
 * what it needs: its sums never leave the second-level cache. The sum runs over chunks of tiles,
 * each summed from zero and added to the chunks before; it is transformed back piece by piece.
 */
final class WinogradWeightGradient implements GradientBlocks {
  /** Outputs of a block, and floats from one transformed tile of their gradients to the next. */
  private static final int ROWS = 64;

  private static final int CHUNK = 32;

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
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final int lastWidth;
  private final int inputPlane;
  private final int gradientPlane;
  private final int sumPlane;
  private final int gradientStart;
  private final int sumStart;
  private final int edgeStart;
  private final int rowFloats;
  private final Scratch[] scratch;

  WinogradWeightGradient(
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
    slices = (geometry.outChannels() + ROWS - 1) / ROWS;
    panels = (geometry.groupInputs() + width - 1) / width;
    lastWidth = kernels.widthFor(geometry.groupInputs() - (panels - 1) * width);
    product = kernels.product(ROWS, 1, width);
    lastProduct = kernels.product(ROWS, 1, lastWidth);
    inputPlane = WinogradTiles.planeStep(CHUNK * width);
    gradientPlane = WinogradTiles.planeStep(CHUNK * ROWS);
    sumPlane = WinogradTiles.planeStep((ROWS + Kernels.SPARE_ROWS) * width);
    gradientStart = PLANES * inputPlane;
    sumStart = gradientStart + PLANES * gradientPlane;
    edgeStart = sumStart + PLANES * sumPlane;
    rowFloats = geometry.taps() * width;
    scratch = binding.arena().scratch(binding.pool().threads(), scratchFloats());
  }

  @Override
  public int blocks() {
    return slices * panels;
  }

  @Override
  public int blockFloats() {
    return Math.min(ROWS, geometry.outChannels()) * rowFloats;
  }

  @Override
  public int scratchFloats() {
    return edgeStart + WinogradTiles.EDGE * Math.max(ROWS, kernels.panelWidth());
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
    return ENOUGH_BLOCKS / (slices * ((geometry.groupInputs() + 63) / 64));
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    int panel = block % panels;
    int slice = block / panels;
    float[] data = scratch[thread].data();
    int base = scratch[thread].offset();
    Arrays.fill(data, base + sumStart, base + edgeStart, 0f);
    for (int first = from; first < until; first += CHUNK) {
      addChunk(first, Math.min(CHUNK, until - first), slice, panel, data, base);
    }
    transformBack(slice, panel, data, base, adds, to, start);
  }

  private void addChunk(int first, int count, int slice, int panel, float[] data, int base) {
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

  /** Transforms the sums back, to a row of each output, tap by tap. */
  private void transformBack(
      int slice, int panel, float[] data, int base, boolean adds, float[] to, int start) {
    int width = width(panel);
    int row = base + edgeStart;
    for (int output = 0; output < outputs(slice); output++) {
      int from = base + sumStart + output * width;
      int at = start + output * rowFloats;
      if (adds) {
        winograd.weightGradient(data, from, sumPlane, data, row, width, width);
        kernels.rows().add(data, row, to, at, geometry.taps() * width);
      } else {
        winograd.weightGradient(data, from, sumPlane, to, at, width, width);
      }
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int panel = block % panels;
    int slice = block / panels;
    int width = width(panel);
    int firstInput = panel * kernels.panelWidth();
    int inputs = Math.min(width, geometry.groupInputs() - firstInput);
    int taps = geometry.taps();
    int rowLength = geometry.groupInputs() * taps;
    int at = offset + slice * ROWS * rowLength + firstInput * taps;
    for (int output = 0; output < outputs(slice); output++, at += rowLength) {
      int row = start + output * rowFloats;
      for (int tap = 0; tap < taps; tap++) {
        for (int input = 0; input < inputs; input++) {
          target[at + input * taps + tap] = sum[row + tap * width + input];
        }
      }
    }
  }
}
