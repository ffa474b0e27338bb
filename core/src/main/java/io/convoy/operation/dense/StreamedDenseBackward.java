package io.convoy.operation.dense;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelUpdate;
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
 * The backward pass of a dense layer for the data of few samples: the output's gradient times the
 * weights. To bring these from memory takes the time, so they are read where they are, some rows
 * side by side from left to right; the sums of a strip of columns, over all samples, wait in the
 * first-level cache.
 *
 * <p>The order of a sum is that of {@link DirectConvolution}. Threads share out strips. The
 * output's gradient is packed as the kernel wants it:
 *
 * <pre>
 *   [slice][group of TERMS outputs][sample][TERMS]
 * </pre>
 */
public final class StreamedDenseBackward implements ConvolutionPass {
  private static final int SLICE = DirectConvolution.SLICE;

  private static final int TERMS = PanelUpdate.TERMS;

  /** Floats of a strip's sums, if it is not to be narrower than is needed: 32 KB. */
  private static final int STRIP_SUMS = 8 << 10;

  /** Strips for each thread. */
  private static final int ENOUGH = 2;

  private final RowKernels kernels;
  private final WorkPool pool;
  private final PixelGrid outputGradient;
  private final PixelGrid inputGradient;
  private final int inputs;
  private final int outputs;
  private final int[] slices;
  private final int[] groups;
  private final Arena.Slice packed;
  private final int strip;
  private final PanelUpdate update;
  private final PanelUpdate copiedUpdate;
  private final Scratch[] scratch;
  private final int sumStart;
  private final int capacity;
  private final WorkPool.Block packing = this::pack;
  private final WorkPool.Block block = this::runBlock;
  private float[] weights;
  private int weightsOffset;
  private int samples;

  /**
   * @param outputGradient one pixel a sample
   * @param inputGradient one pixel a sample
   * @param capacity samples at the most
   */
  public StreamedDenseBackward(
      PixelGrid outputGradient,
      PixelGrid inputGradient,
      int inputs,
      int outputs,
      int capacity,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels.rows();
    this.pool = pool;
    this.outputGradient = outputGradient;
    this.inputGradient = inputGradient;
    this.inputs = inputs;
    this.outputs = outputs;
    this.capacity = capacity;
    slices = WindowRows.slices(outputs, SLICE);
    groups = new int[slices.length];
    for (int slice = 1; slice < slices.length; slice++) {
      int terms = slices[slice] - slices[slice - 1];
      groups[slice] = groups[slice - 1] + (terms + TERMS - 1) / TERMS;
    }
    packed = arena.take((long) groups[groups.length - 1] * capacity * TERMS);
    int longest = Math.min(STRIP_SUMS / capacity, inputs / (ENOUGH * pool.threads()));
    strip = Math.max(1, longest / PanelUpdate.COLUMNS) * PanelUpdate.COLUMNS;
    update = kernels.update(inputs, strip);
    copiedUpdate = kernels.update(PanelUpdate.COLUMNS, strip);
    sumStart = Scratch.aligned(TERMS * PanelUpdate.COLUMNS);
    scratch = arena.scratch(pool.threads(), sumStart + (long) capacity * strip);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    weights = weightsOIHW;
    weightsOffset = offset;
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    this.samples = samples;
    long operations = (long) samples * inputs * outputs;
    pool.run(slices.length - 1, operations, packing);
    pool.run((inputs + strip - 1) / strip, operations, block);
  }

  private void pack(int slice, int thread) {
    for (int group = groups[slice]; group < groups[slice + 1]; group++) {
      int output = slices[slice] + (group - groups[slice]) * TERMS;
      int terms = Math.min(TERMS, slices[slice + 1] - output);
      int from = outputGradient.base() + output;
      int step = outputGradient.imageStep();
      int to = gradientStart(group);
      kernels.copyRows(outputGradient.data(), from, step, packed.data(), to, TERMS, samples, terms);
    }
  }

  private int gradientStart(int group) {
    return packed.offset() + group * capacity * TERMS;
  }

  private void runBlock(int index, int thread) {
    int column = index * strip;
    int columns = Math.min(strip, inputs - column);
    float[] sums = scratch[thread].data();
    int start = scratch[thread].offset() + sumStart;
    for (int slice = 0; slice < slices.length - 1; slice++) {
      Arrays.fill(sums, start, start + samples * strip, 0f);
      for (int group = groups[slice]; group < groups[slice + 1]; group++) {
        int output = slices[slice] + (group - groups[slice]) * TERMS;
        int terms = Math.min(TERMS, slices[slice + 1] - output);
        addTerms(group, output, terms, column, columns, thread);
      }
      for (int n = 0; n < samples; n++) {
        int to = inputGradient.at(n) + column;
        if (slice == 0) {
          Arrays.fill(inputGradient.data(), to, to + columns, 0f);
        }
        kernels.add(sums, start + n * strip, inputGradient.data(), to, columns);
      }
    }
  }

  private void addTerms(int group, int output, int terms, int column, int columns, int thread) {
    float[] data = scratch[thread].data();
    int copied = scratch[thread].offset();
    int sums = copied + sumStart;
    int from = weightsOffset + output * inputs + column;
    int x = gradientStart(group);
    int rest = columns % PanelUpdate.COLUMNS;
    int whole = columns - rest;
    if (whole > 0) {
      update.update(terms, packed.data(), x, weights, from, data, sums, samples, whole);
    }
    if (rest > 0) { // whole vectors of the last row would pass the end of all weights
      int step = PanelUpdate.COLUMNS;
      kernels.copyRows(weights, from + whole, inputs, data, copied, step, terms, rest);
      copiedUpdate.update(terms, packed.data(), x, data, copied, data, sums + whole, samples, step);
    }
  }
}
