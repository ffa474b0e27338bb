package io.convoy.operation.dense;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.ShardedProduct;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Pass;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.direct.DirectWeightGradient;
import io.convoy.operation.gradient.GradientBlocks;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;

/**
 * The gradient of a dense layer's weights, {@code dw[o, i] = sum over n of dy[n, o] * x[n, i]}, by
 * the sums of {@link DirectWeightGradient}.
 *
 * <p>There is one term a sample only, and of a shard's samples there are few: what costs is to
 * write the gradient, which is larger than any cache that is near. So a block is a strip of columns
 * along as few rows as a product computes at a time, and blocks go along these rows to their end
 * before the next ones begin: memory is written as it lies. Only where samples are many is a block
 * higher than wide, for the products' sake. The operands are packed once, but for inputs that few
 * outputs ask for:
 *
 * <pre>
 *   inputs     [panel][sample][width]     a panel of columns of the product
 *   gradients  [outputs / PACKED][sample][PACKED]     the rows of the product, lying
 * </pre>
 */
public final class DenseWeightGradient implements GradientBlocks {
  /** Samples up to which it is a dense layer's memory, not its products, that takes the time. */
  public static final int FEW_SAMPLES = 32;

  private static final int CHUNK = DirectWeightGradient.CHUNK;

  /** Panels of a strip: a row of the weights is written a KB at a time. */
  private static final int STRIP_PANELS = 4;

  /** Outputs that are packed side by side: a multiple of a block's. */
  private static final int PACKED = Kernels.WHOLE_ROWS;

  /** Tiles of outputs up to which packed inputs would not be used often enough. */
  private static final int FEW_TILES = 2;

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
  private final int lastWidth;
  private final int wholePanels;
  private final int wholeStrips;
  private final int strips;
  private final int sliceRows;
  private final int slices;

  /** Floats from one panel of a strip to the next: whole tiles, past which nothing is written. */
  private final int panelFloats;

  private final boolean inputsInPlace;
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final Arena.Slice packedInputs;
  private final Arena.Slice packedGradients;
  private final float[] zeros;
  private final ShardedProduct sharded;
  private final int[] bounds;
  private final Scratch[] scratch;
  private final WorkPool.Block packing = this::pack;
  private int count;

  public DenseWeightGradient(
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
    lastWidth = kernels.widthFor(inputs - (panels - 1) * width);
    boolean few = binding.capacity().samples() <= FEW_SAMPLES;
    wholePanels = inputs / width;
    wholeStrips = few ? (wholePanels + STRIP_PANELS - 1) / STRIP_PANELS : wholePanels;
    strips = wholeStrips + panels - wholePanels;
    int tile = kernels.product(PACKED, 1, width).rowsAtOnce();
    boolean single = binding.capacity().shards() == 1;
    sliceRows = !few ? PACKED : single ? tile : 2 * ShardedProduct.ROWS;
    slices = (outputs + sliceRows - 1) / sliceRows;
    panelFloats = (sliceRows + tile - 1) / tile * tile * width;
    inputsInPlace = outputs <= FEW_TILES * tile;
    int step = input.imageStep();
    product = kernels.product(PACKED, 1, inputsInPlace ? step : width, width);
    lastProduct = kernels.product(PACKED, 1, inputsInPlace ? step : lastWidth, lastWidth);
    packedInputs = inputsInPlace ? null : binding.arena().take((long) panels * samples * width);
    long rows = (long) packedSlices() * samples * PACKED + Kernels.SPARE_ROWS;
    packedGradients = binding.arena().take(rows);
    zeros = binding.arena().floats(width);
    sharded = kernels.sharded();
    bounds = binding.arena().ints(binding.capacity().shards() + 1);
    scratch = binding.arena().scratch(pool.threads(), scratchFloats());
  }

  @Override
  public int blocks() {
    return slices * strips;
  }

  @Override
  public int blockFloats() {
    return panelFloats * (wholeStrips == wholePanels ? 1 : STRIP_PANELS);
  }

  @Override
  public int spareFloats() {
    return Kernels.SPARE_ROWS * width;
  }

  @Override
  public int scratchFloats() {
    return ShardedProduct.waitingFloats(bounds.length);
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
    for (int shard = 0; shard <= pass.shards(); shard++) {
      bounds[shard] = pass.start(shard);
    }
    long operations = (long) count * inputs * outputs;
    pool.run(packedSlices() + (inputsInPlace ? 0 : panels), operations, packing);
  }

  private int packedSlices() {
    return (outputs + PACKED - 1) / PACKED;
  }

  private void pack(int index, int thread) {
    int panel = index - packedSlices();
    if (panel < 0) {
      int first = index * PACKED;
      int to = gradientStart(first, 0);
      pack(outputGradient, first, Math.min(PACKED, outputs - first), packedGradients, to, PACKED);
      return;
    }
    int first = panel * width;
    int length = Math.min(width, inputs - first);
    pack(input, first, length, packedInputs, inputStart(panel, 0), width(panel));
  }

  private void pack(PixelGrid from, int first, int length, Arena.Slice to, int start, int step) {
    int at = from.base() + first;
    rowKernels.copyRows(from.data(), at, from.imageStep(), to.data(), start, step, count, length);
  }

  private int width(int panel) {
    return panel == panels - 1 ? lastWidth : width;
  }

  private PanelProduct product(int panel) {
    return panel == panels - 1 ? lastProduct : product;
  }

  private int inputStart(int panel, int sample) {
    return inputsInPlace
        ? input.at(sample) + panel * width
        : packedInputs.offset() + panel * samples * width + sample * width(panel);
  }

  private int gradientStart(int output, int sample) {
    int packed = output / PACKED * samples + sample;
    return packedGradients.offset() + packed * PACKED + output % PACKED;
  }

  private int rows(int slice) {
    return Math.min(sliceRows, outputs - slice * sliceRows);
  }

  /** The first panel of a strip; a panel that is not whole is a strip by itself. */
  private int firstPanel(int strip) {
    int rest = Math.max(0, strip - wholeStrips);
    return rest + (int) ((long) (strip - rest) * wholePanels / Math.max(1, wholeStrips));
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    int strip = block % strips;
    int slice = block / strips;
    int first = firstPanel(strip);
    for (int panel = first; panel < firstPanel(strip + 1); panel++) {
      int at = start + (panel - first) * panelFloats;
      for (int chunk = from; chunk < until; chunk += CHUNK) {
        boolean begins = chunk == from && !adds;
        int end = Math.min(chunk + CHUNK, until);
        multiply(slice, panel, chunk, end, begins, to, at, width(panel));
      }
    }
  }

  private void multiply(
      int slice,
      int panel,
      int from,
      int until,
      boolean begins,
      float[] out,
      int start,
      int outStep) {
    product(panel)
        .multiply(
            until - from,
            packedGradients.data(),
            gradientStart(slice * sliceRows, from),
            inputsInPlace ? input.data() : packedInputs.data(),
            inputStart(panel, from),
            begins ? zeros : out,
            begins ? 0 : start,
            begins ? 0 : outStep,
            out,
            start,
            outStep,
            rows(slice));
  }

  @Override
  public boolean sumInPlace(int block, Pass pass, float[] target, int offset, int thread) {
    int strip = block % strips;
    int slice = block / strips;
    boolean single = pass.shards() == 1 && rows(slice) % product.rowsAtOnce() == 0;
    boolean tree = !inputsInPlace && rows(slice) % ShardedProduct.ROWS == 0;
    if (strip >= wholeStrips || !(single || tree)) {
      return false;
    }
    int row = offset + slice * sliceRows * inputs;
    for (int panel = firstPanel(strip); panel < firstPanel(strip + 1); panel++) {
      if (single) {
        multiply(slice, panel, 0, count, true, target, row + panel * width, inputs);
      } else {
        sumShards(pass, slice, panel, target, row + panel * width, thread);
      }
    }
    return true;
  }

  private void sumShards(Pass pass, int slice, int panel, float[] target, int start, int thread) {
    sharded.multiply(
        pass.shards(),
        bounds,
        packedGradients.data(),
        gradientStart(slice * sliceRows, 0),
        packedInputs.data(),
        inputStart(panel, 0),
        scratch[thread].data(),
        scratch[thread].offset(),
        target,
        start,
        inputs,
        rows(slice));
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int strip = block % strips;
    int slice = block / strips;
    int first = firstPanel(strip);
    int row = offset + slice * sliceRows * inputs;
    for (int panel = first; panel < firstPanel(strip + 1); panel++) {
      int from = start + (panel - first) * panelFloats;
      int length = Math.min(width, inputs - panel * width);
      int to = row + panel * width;
      rowKernels.copyRows(sum, from, width(panel), target, to, inputs, rows(slice), length);
    }
  }
}
