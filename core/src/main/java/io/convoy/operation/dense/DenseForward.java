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
 * The forward pass of a dense layer. Its weights are many and each is used once a sample, so they
 * are read where they are, as the rows of the product; the samples, transposed, are its panels.
 *
 * <p>The order of a sum is that of {@link DirectConvolution}. Threads share out blocks of outputs.
 */
public final class DenseForward implements ConvolutionPass {
  /** Outputs of a block. */
  private static final int ROWS = Kernels.WHOLE_ROWS;

  private static final int SLICE = DirectConvolution.SLICE;

  private final RowKernels kernels;
  private final WorkPool pool;
  private final PixelGrid input;
  private final PixelGrid output;
  private final int inputs;
  private final int outputs;
  private final int width;
  private final int lastWidth;
  private final int panels;
  private final int[] slices;
  private final PanelProduct product;
  private final PanelProduct lastProduct;
  private final PanelProduct copiedProduct;
  private final PanelProduct lastCopiedProduct;
  private final Arena.Slice transposed;
  private final Scratch[] scratch;
  private final int sumStart;
  private final int panelFloats;
  private final WorkPool.Block transposeBlock = this::transpose;
  private final WorkPool.Block block = this::runBlock;
  private float[] weights;
  private int weightsOffset;
  private float[] bias;
  private int biasOffset;
  private int samples;

  /**
   * @param input one pixel a sample
   * @param output one pixel a sample
   * @param capacity samples at the most
   */
  public DenseForward(
      PixelGrid input,
      PixelGrid output,
      int inputs,
      int outputs,
      int capacity,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels.rows();
    this.pool = pool;
    this.input = input;
    this.output = output;
    this.inputs = inputs;
    this.outputs = outputs;
    width = kernels.panelWidth();
    panels = (capacity + width - 1) / width;
    lastWidth = kernels.widthFor(capacity - (panels - 1) * width);
    slices = WindowRows.slices(inputs, SLICE);
    product = kernels.product(1, inputs, width);
    lastProduct = kernels.product(1, inputs, lastWidth);
    copiedProduct = kernels.product(1, SLICE, width);
    lastCopiedProduct = kernels.product(1, SLICE, lastWidth);
    transposed = arena.take((long) inputs * ((panels - 1) * width + lastWidth));
    panelFloats = (ROWS + Kernels.SPARE_ROWS) * width;
    sumStart = Scratch.aligned((ROWS + Kernels.SPARE_ROWS) * SLICE);
    scratch = arena.scratch(pool.threads(), sumStart + (long) panels * panelFloats);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights = weightsOIHW;
    weightsOffset = offset;
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    this.samples = samples;
    this.bias = bias;
    this.biasOffset = biasOffset;
    long operations = (long) samples * inputs * outputs;
    pool.run((inputs + SLICE - 1) / SLICE, operations, transposeBlock);
    pool.run((outputs + ROWS - 1) / ROWS, operations, block);
    if (epilogue != null) {
      epilogue.run(samples);
    }
  }

  private int width(int panel) {
    return panel == panels - 1 ? lastWidth : width;
  }

  private void transpose(int index, int thread) {
    int until = Math.min(inputs, (index + 1) * SLICE);
    for (int n = 0; n < samples; n++) {
      int panel = n / width;
      int from = input.at(n);
      int step = width(panel);
      int to = transposed.offset() + panel * inputs * width + n % width;
      for (int i = index * SLICE; i < until; i++) {
        transposed.data()[to + i * step] = input.data()[from + i];
      }
    }
  }

  private void runBlock(int index, int thread) {
    int first = index * ROWS;
    int rows = Math.min(ROWS, outputs - first);
    int used = (samples + width - 1) / width;
    float[] data = scratch[thread].data();
    int copied = scratch[thread].offset();
    int sums = copied + sumStart;
    for (int panel = 0; panel < used; panel++) {
      begin(first, rows, data, sums + panel * panelFloats, width(panel));
    }
    int start = weightsOffset + first * inputs;
    // whole tiles may read past the last row, unless the array ends there
    boolean copies = start + (long) (rows + Kernels.SPARE_ROWS) * inputs > weights.length;
    for (int slice = 0; slice < slices.length - 1; slice++) {
      int terms = slices[slice + 1] - slices[slice];
      int from = start + slices[slice];
      if (copies) {
        kernels.copyRows(weights, from, inputs, data, copied, SLICE, rows, terms);
      }
      for (int panel = 0; panel < used; panel++) {
        product(panel, copies)
            .accumulate(
                terms,
                copies ? data : weights,
                copies ? copied : from,
                transposed.data(),
                transposed.offset() + panel * inputs * width + slices[slice] * width(panel),
                data,
                sums + panel * panelFloats,
                width(panel),
                rows);
      }
    }
    for (int panel = 0; panel < used; panel++) {
      store(first, rows, panel, data, sums + panel * panelFloats);
    }
  }

  private PanelProduct product(int panel, boolean copied) {
    if (panel == panels - 1) {
      return copied ? lastCopiedProduct : lastProduct;
    }
    return copied ? copiedProduct : product;
  }

  private void begin(int first, int rows, float[] sums, int start, int width) {
    for (int row = 0; row < rows; row++) {
      float value = bias == null ? 0 : bias[biasOffset + first + row];
      Arrays.fill(sums, start + row * width, start + (row + 1) * width, value);
    }
  }

  private void store(int first, int rows, int panel, float[] sums, int start) {
    int count = Math.min(width, samples - panel * width);
    for (int n = 0; n < count; n++) {
      int to = output.at(panel * width + n) + first;
      for (int row = 0; row < rows; row++) {
        output.data()[to + row] = sums[start + row * width(panel) + n];
      }
    }
  }
}
