package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import java.util.Arrays;

/**
 * The gradient of a dense layer's weights, {@code dw[o, i] = sum over n of dy[n, o] * x[n, i]}, by
 * the sums of {@link DirectWeightGradient}.
 *
 * <p>There is one term a sample only, and of a shard's samples there are few: what costs is to add
 * sums up. So blocks are as small as the first-level cache asks, and the operands are packed once:
 *
 * <pre>
 *   inputs     [panel][sample][width]     a panel of columns of the product
 *   gradients  [slice][sample][ROWS]      the rows of the product, lying
 * </pre>
 */
final class DenseWeightGradient implements GradientBlocks {
  private static final int CHUNK = DirectWeightGradient.CHUNK;

  /** Outputs of a block: its sums over a tree of eight shards take 36 KB. */
  private static final int ROWS = Kernels.WHOLE_ROWS;

  private static final int ENOUGH_BLOCKS = 16;

  /** Outputs by which {@link DirectWeightGradient} counts blocks: they decide the pieces. */
  private static final int COUNTED_ROWS = 192;

  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final PixelGrid input;
  private final PixelGrid outputGradient;
  private final int inputs;
  private final int outputs;
  private final int samples;
  private final int width;
  private final int panels;
  private final int slices;
  private final int lastWidth;
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final Arena.Slice packedInputs;
  private final Arena.Slice packedGradients;
  private final float[] zeros;
  private final WorkPool.Block packing = this::pack;
  private int count;

  DenseWeightGradient(
      ConvolutionGeometry geometry, PixelGrid input, PixelGrid outputGradient, Binding binding) {
    this.input = input;
    this.outputGradient = outputGradient;
    Kernels kernels = binding.kernels();
    rowKernels = kernels.rows();
    pool = binding.pool();
    inputs = geometry.groupInputs();
    outputs = geometry.groupOutputs();
    samples = binding.capacity().samples();
    width = kernels.panelWidth();
    panels = (inputs + width - 1) / width;
    slices = (outputs + ROWS - 1) / ROWS;
    lastWidth = kernels.widthFor(inputs - (panels - 1) * width);
    product = kernels.product(ROWS, 1, width);
    lastProduct = kernels.product(ROWS, 1, lastWidth);
    packedInputs = binding.arena().take((long) panels * samples * width);
    long rows = (long) slices * samples * ROWS + Kernels.SPARE_ROWS;
    packedGradients = binding.arena().take(rows);
    zeros = binding.arena().floats(width);
  }

  @Override
  public int blocks() {
    return slices * panels;
  }

  @Override
  public int blockFloats() {
    return Math.min(ROWS, outputs) * width;
  }

  @Override
  public int spareFloats() {
    return Kernels.SPARE_ROWS * width;
  }

  @Override
  public int scratchFloats() {
    return 0;
  }

  @Override
  public int units() {
    return 1;
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public int pieces() {
    int blocks = (outputs + COUNTED_ROWS - 1) / COUNTED_ROWS * ((inputs + 63) / 64);
    return ENOUGH_BLOCKS / blocks;
  }

  @Override
  public void begin(Pass pass) {
    count = pass.samples();
    pool.run(panels + slices, packing);
  }

  private void pack(int index, int thread) {
    boolean ofInputs = index < panels;
    int step = ofInputs ? width : ROWS;
    int first = (ofInputs ? index : index - panels) * step;
    int length = Math.min(step, (ofInputs ? inputs : outputs) - first);
    PixelGrid from = ofInputs ? input : outputGradient;
    Arena.Slice to = ofInputs ? packedInputs : packedGradients;
    int start = to.offset() + (ofInputs ? inputStart(index, 0) : gradientStart(index - panels, 0));
    int distance = ofInputs ? width(index) : ROWS;
    int at = from.base() + first;
    rowKernels.copyRows(
        from.data(), at, from.imageStep(), to.data(), start, distance, count, length);
  }

  private int width(int panel) {
    return panel == panels - 1 ? lastWidth : width;
  }

  private int inputStart(int panel, int sample) {
    return panel * samples * width + sample * width(panel);
  }

  private int gradientStart(int slice, int sample) {
    return (slice * samples + sample) * ROWS;
  }

  private int rows(int slice) {
    return Math.min(ROWS, outputs - slice * ROWS);
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    int panel = block % panels;
    int slice = block / panels;
    if (!adds) {
      Arrays.fill(to, start, start + rows(slice) * width(panel), 0f);
    }
    PanelProduct multiply = panel == panels - 1 ? lastProduct : product;
    for (int first = from; first < until; first += CHUNK) {
      multiply.accumulate(
          Math.min(CHUNK, until - first),
          packedGradients.data(),
          packedGradients.offset() + gradientStart(slice, first),
          packedInputs.data(),
          packedInputs.offset() + inputStart(panel, first),
          to,
          start,
          width(panel),
          rows(slice));
    }
  }

  @Override
  public boolean sumInPlace(int block, int from, int until, float[] target, int offset) {
    int panel = block % panels;
    int slice = block / panels;
    boolean whole = rows(slice) % Kernels.WHOLE_ROWS == 0;
    if (!whole || inputs - panel * width < width(panel)) {
      return false;
    }
    (panel == panels - 1 ? lastProduct : product)
        .multiply(
            until - from,
            packedGradients.data(),
            packedGradients.offset() + gradientStart(slice, from),
            packedInputs.data(),
            packedInputs.offset() + inputStart(panel, from),
            zeros,
            0,
            0,
            target,
            offset + slice * ROWS * inputs + panel * width,
            inputs,
            rows(slice));
    return true;
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int panel = block % panels;
    int slice = block / panels;
    int at = offset + slice * ROWS * inputs + panel * width;
    int length = Math.min(width, inputs - panel * width);
    rowKernels.copyRows(sum, start, width(panel), target, at, inputs, rows(slice), length);
  }
}
