package io.convoy.operation.dense;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Epilogue;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.correlation.WindowRows;
import io.convoy.operation.direct.DirectConvolution;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * The backward pass of a dense layer for the data of many samples: the output's gradient times the
 * weights, a panel of which is copied when its turn comes, and never kept.
 *
 * <p>The order of a sum is that of {@link DirectConvolution}. Threads share out panels.
 */
public final class DenseBackward implements ConvolutionPass {
  private static final int SLICE = DirectConvolution.SLICE;

  /** Panels of a block at the most: a row of weights is read in pieces of a page. */
  private static final int BLOCK_PANELS = 16;

  /** Rows of weights of which all panels are copied before the next ones. */
  private static final int COPIED_ROWS = 8;

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
  private final int sumFloats;
  private final int blocks;
  private final WorkPool.Block block = this::runBlock;
  private float[] weights;
  private int weightsOffset;
  private int samples;

  /**
   * @param outputGradient one pixel a sample
   * @param inputGradient one pixel a sample
   * @param capacity samples at the most
   */
  public DenseBackward(
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
    int enough = Math.max(1, panels / (2 * pool.threads()));
    int blockPanels = Math.min(BLOCK_PANELS, enough);
    blocks = (panels + blockPanels - 1) / blockPanels;
    sumStart = Scratch.aligned(blockPanels * SLICE * width);
    sumFloats = Scratch.aligned((capacity + Kernels.SPARE_ROWS) * width);
    scratch = arena.scratch(pool.threads(), sumStart + (long) blockPanels * sumFloats);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights = weightsOIHW;
    weightsOffset = offset;
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    this.samples = samples;
    pool.run(blocks, (long) samples * inputs * outputs, block);
  }

  private void runBlock(int index, int thread) {
    int firstPanel = index * panels / blocks;
    int lastPanel = (index + 1) * panels / blocks;
    float[] data = scratch[thread].data();
    int packed = scratch[thread].offset();
    int sums = packed + sumStart;
    Arrays.fill(data, sums, sums + (lastPanel - firstPanel) * sumFloats, 0f);
    for (int slice = 0; slice < slices.length - 1; slice++) {
      pack(slice, firstPanel, lastPanel, data, packed);
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        (panel == panels - 1 ? lastProduct : product)
            .accumulate(
                slices[slice + 1] - slices[slice],
                outputGradient.data(),
                outputGradient.base() + slices[slice],
                data,
                packed + (panel - firstPanel) * SLICE * width,
                data,
                sums + (panel - firstPanel) * sumFloats,
                width(panel),
                samples);
      }
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      rowKernels.copyRows(
          data,
          sums + (panel - firstPanel) * sumFloats,
          width(panel),
          inputGradient.data(),
          inputGradient.base() + panel * width,
          inputGradient.imageStep(),
          samples,
          columns(panel));
    }
  }

  private int columns(int panel) {
    return Math.min(width, inputs - panel * width);
  }

  private int width(int panel) {
    return kernels.widthFor(columns(panel));
  }

  private void pack(int slice, int firstPanel, int lastPanel, float[] data, int start) {
    for (int row = slices[slice]; row < slices[slice + 1]; row += COPIED_ROWS) {
      int rows = Math.min(COPIED_ROWS, slices[slice + 1] - row);
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        int from = weightsOffset + row * inputs + panel * width;
        int to =
            start + (panel - firstPanel) * SLICE * width + (row - slices[slice]) * width(panel);
        rowKernels.copyRows(weights, from, inputs, data, to, width(panel), rows, columns(panel));
      }
    }
  }
}
