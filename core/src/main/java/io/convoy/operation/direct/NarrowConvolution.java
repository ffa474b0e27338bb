package io.convoy.operation.direct;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.ScatteredProduct;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Epilogue;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PackedWeights;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.correlation.WindowRows;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;

/**
 * The sums of {@link DirectConvolution} where inputs are few, as in a network's first layer: the
 * same terms in the same order, of windows that are read where they are. To copy them first would
 * take a good part of the time, for they are multiplied with few panels only.
 *
 * <p>Pixels of one row are the rows of a product. Those that whole tiles leave over are computed
 * aside and copied.
 */
public final class NarrowConvolution implements ConvolutionPass {
  /** Inputs up to which it pays. */
  private static final int MOST_INPUTS = 4;

  /** Pixels whose slices are added up while they lie in the cache. */
  private static final int PIECE = 84;

  /** Rows of panels lie side by side and need no table. */
  private static final int[] NONE = new int[0];

  /** Pixels of a block: enough to pay for handing it out. */
  private static final int BLOCK = 128;

  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final PixelGrid x;
  private final PixelGrid y;
  private final PackedWeights weights;
  private final Arena.Slice packed;
  private final int[] slices;
  private final int[][] termOffsets;
  private final ScatteredProduct[] products;
  private final Scratch[] scratch;
  private final int blockRows;
  private final float[] bias;
  private final WorkPool.Block block = this::runBlock;
  private int rows;
  private Epilogue epilogue;

  /** Whether this is the way for a shape. */
  public static boolean serves(ConvolutionGeometry geometry, Kernels kernels) {
    return geometry.groups() == 1
        && geometry.groupInputs() <= MOST_INPUTS
        && geometry.taps() > 1
        && geometry.window().outputWidth() >= ScatteredProduct.MOST_WHOLE_ROWS
        && geometry.outChannels() % (2 * kernels.lanes()) == 0;
  }

  public NarrowConvolution(
      Correlation pass, PackedWeights weights, Kernels kernels, WorkPool pool, Arena arena) {
    this.pool = pool;
    this.weights = weights;
    x = pass.from();
    y = pass.to();
    rowKernels = kernels.rows();
    packed = arena.take(weights.length());
    slices = WindowRows.slices(weights.terms(), DirectConvolution.SLICE);
    termOffsets = termOffsets(pass.offsets());
    products = new ScatteredProduct[weights.panels()];
    for (int panel = 0; panel < weights.panels(); panel++) {
      int width = weights.width(panel);
      products[panel] = kernels.scattered(x.columnStep(), width, width, Math.min(PIECE, y.width()));
    }
    blockRows = Math.max(1, BLOCK / y.width());
    int aside = ScatteredProduct.MOST_WHOLE_ROWS * kernels.panelWidth();
    scratch = arena.scratch(pool.threads(), aside);
    bias = arena.floats(weights.panels() * kernels.panelWidth());
  }

  /** For each slice, where its terms lie, in floats from the start of the window. */
  private int[][] termOffsets(int[] taps) {
    int[][] offsets = new int[slices.length - 1][];
    for (int slice = 0; slice < offsets.length; slice++) {
      offsets[slice] = new int[slices[slice + 1] - slices[slice]];
      for (int i = 0; i < offsets[slice].length; i++) {
        int term = slices[slice] + i;
        offsets[slice][i] = taps[term / weights.inputs()] + term % weights.inputs();
      }
    }
    return offsets;
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights.pack(weightsOIHW, offset, packed, pool);
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    if (bias != null) {
      System.arraycopy(bias, biasOffset, this.bias, 0, weights.outputs());
    }
    this.epilogue = epilogue;
    if (epilogue != null) {
      epilogue.begin(samples, 1);
    }
    rows = samples * y.height();
    long operations = weights.operations(rows * y.width());
    pool.run((rows + blockRows - 1) / blockRows, operations, block);
  }

  private void runBlock(int index, int thread) {
    int first = index * blockRows;
    int last = Math.min(rows, first + blockRows);
    for (int pixel = first * y.width(); pixel < last * y.width(); ) {
      int count = Math.min(PIECE, y.width() - pixel % y.width());
      for (int panel = 0; panel < weights.panels(); panel++) {
        runPiece(panel, pixel, count, scratch[thread]);
      }
      pixel += count;
    }
    for (int row = first; epilogue != null && row < last; row++) {
      epilogue.written(row / y.height(), row % y.height(), 1, y.width(), thread);
    }
  }

  /** Computes some pixels of a row. */
  private void runPiece(int panel, int pixel, int count, Scratch scratch) {
    int tile = products[panel].wholeRows();
    int rest = count % tile;
    int channel = weights.channel(0, panel);
    if (rest < count) {
      int at = y.at(pixel) + channel;
      multiply(panel, pixel, y.data(), at, y.columnStep(), count - rest);
    }
    if (rest > 0) { // a whole tile that ends here: none reads or writes past the row
      int width = weights.width(panel);
      int end = pixel + count;
      float[] aside = scratch.data();
      multiply(panel, end - tile, aside, scratch.offset(), width, tile);
      int from = scratch.offset() + (tile - rest) * width;
      int at = y.at(end - rest) + channel;
      rowKernels.copyRows(aside, from, width, y.data(), at, y.columnStep(), rest, width);
    }
  }

  private void multiply(int panel, int pixel, float[] out, int outStart, int outStep, int count) {
    for (int slice = 0; slice < slices.length - 1; slice++) {
      boolean begins = slice == 0;
      int width = weights.width(panel);
      products[panel].multiply(
          slices[slice + 1] - slices[slice],
          x.data(),
          x.at(pixel),
          termOffsets[slice],
          packed.data(),
          packed.offset() + weights.start(0, panel) + slices[slice] * width,
          NONE,
          begins ? bias : out,
          begins ? weights.channel(0, panel) : outStart,
          begins ? 0 : outStep,
          out,
          outStart,
          outStep,
          count);
    }
  }
}
