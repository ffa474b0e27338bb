package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;

/**
 * The backward pass of a dense layer for data: the output's gradient times the weights, a panel of
 * which is copied when its turn comes, and never kept.
 *
 * <p>The order of a sum is that of {@link DirectConvolution}. Threads share out panels.
 */
final class DenseBackward implements ConvolutionPass {
  /** Terms of a slice at the most. */
  private static final int SLICE = 128;

  private final Kernels kernels;
  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final PixelGrid outputGradient;
  private final PixelGrid inputGradient;
  private final int inputs;
  private final int outputs;
  private final int width;
  private final int panels;
  private final int[] slices;
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final Scratch[] scratch;
  private final int sumStart;
  private final WorkPool.Block block = this::runBlock;
  private float[] weights;
  private int weightsOffset;
  private int samples;

  /**
   * @param outputGradient one pixel a sample
   * @param inputGradient one pixel a sample
   * @param capacity samples at the most
   */
  DenseBackward(
      PixelGrid outputGradient,
      PixelGrid inputGradient,
      int inputs,
      int outputs,
      int capacity,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels;
    this.rowKernels = kernels.rows();
    this.pool = pool;
    this.outputGradient = outputGradient;
    this.inputGradient = inputGradient;
    this.inputs = inputs;
    this.outputs = outputs;
    width = kernels.panelWidth();
    panels = (inputs + width - 1) / width;
    slices = WindowRows.slices(outputs, SLICE);
    int step = outputGradient.imageStep();
    product = kernels.product(1, step, width);
    lastProduct = kernels.product(1, step, kernels.widthFor(inputs - (panels - 1) * width));
    sumStart = Scratch.aligned(SLICE * width);
    long sums = (capacity + (long) Kernels.SPARE_ROWS) * width;
    scratch = arena.scratch(pool.threads(), sumStart + sums);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights = weightsOIHW;
    weightsOffset = offset;
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset) {
    this.samples = samples;
    pool.run(panels, block);
  }

  private void runBlock(int panel, int thread) {
    int columns = Math.min(width, inputs - panel * width);
    int step = kernels.widthFor(columns);
    float[] data = scratch[thread].data();
    int packed = scratch[thread].offset();
    int sums = packed + sumStart;
    java.util.Arrays.fill(data, sums, sums + samples * step, 0f);
    for (int slice = 0; slice < slices.length - 1; slice++) {
      int terms = slices[slice + 1] - slices[slice];
      int from = weightsOffset + slices[slice] * inputs + panel * width;
      rowKernels.copyRows(weights, from, inputs, data, packed, step, terms, columns);
      (panel == panels - 1 ? lastProduct : product)
          .accumulate(
              terms,
              outputGradient.data(),
              outputGradient.base() + slices[slice],
              data,
              packed,
              data,
              sums,
              step,
              samples);
    }
    rowKernels.copyRows(
        data,
        sums,
        step,
        inputGradient.data(),
        inputGradient.base() + panel * width,
        inputGradient.imageStep(),
        samples,
        columns);
  }
}
