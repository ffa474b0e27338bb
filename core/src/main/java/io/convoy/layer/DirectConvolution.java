package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;

/**
 * A convolution without im2col: for every pixel the kernels read the window where it lies, from the
 * halo'd input. Serves forward, and backward for data as a forward pass over the output's gradient.
 *
 * <p>The order of a sum is fixed by the shape: segments in ascending order, each cut into slices of
 * {@value #SLICE} terms; each slice is summed from zero and added to what stands in the output.
 * Threads share out blocks of pixels, or panels where pixels are few.
 */
final class DirectConvolution {
  /** Terms of a slice: its part of a weight panel stays in the first-level cache. */
  static final int SLICE = 192;

  private static final int BLOCK_PIXELS = 96;

  private final Kernels kernels;
  private final WorkPool pool;
  private final Tensor input;
  private final Tensor output;
  private final PackedWeights weights;
  private final int[] inputOffsets;
  private final int[] outputOffsets;
  private final int inputBase;
  private final int outputBase;
  private final int[] segmentOffsets;
  private final int run;
  private final int pixels;
  private final WorkPool.Block block = this::runBlock;
  private float[] bias;
  private int biasOffset;
  private int rows;
  private int panelGroups;

  /**
   * @param window over {@code input}; its input's size need not be that of the tensor
   */
  DirectConvolution(
      Window window,
      Tensor input,
      Tensor output,
      PackedWeights weights,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels;
    this.pool = pool;
    this.input = input;
    this.output = output;
    this.weights = weights;
    this.inputBase = input.at(0, -window.padTop(), -window.padLeft());
    this.outputBase = output.at(0, 0, 0);
    this.segmentOffsets = segmentOffsets(window, weights.groups(), input);
    this.run = weights.taps() * weights.inputs() / segmentOffsets.length;
    this.pixels = window.outputPixels();
    int capacity = input.capacity();
    inputOffsets = arena.table(capacity * pixels);
    outputOffsets = arena.table(capacity * pixels);
    int i = 0;
    for (int n = 0; n < capacity; n++) {
      for (int h = 0; h < window.outputHeight(); h++) {
        for (int w = 0; w < window.outputWidth(); w++, i++) {
          inputOffsets[i] =
              input.at(n, h * window.stride().height(), w * window.stride().width())
                  - input.at(0, 0, 0);
          outputOffsets[i] = output.at(n, h, w) - outputBase;
        }
      }
    }
  }

  /** Where each segment of a window starts, from the window's first pixel. */
  static int[] segmentOffsets(Window window, int groups, Tensor input) {
    boolean merges = ConvolutionGeometry.mergesRows(window, groups);
    int across = merges ? 1 : window.kernel().width();
    int[] offsets = new int[window.kernel().height() * across];
    for (int s = 0; s < offsets.length; s++) {
      offsets[s] =
          s / across * window.dilation().height() * input.rowStride()
              + s % across * window.dilation().width() * input.shape().channels();
    }
    return offsets;
  }

  /** Computes the output of {@code samples} samples; {@code bias} may be null. */
  void run(int samples, float[] bias, int biasOffset) {
    this.bias = bias;
    this.biasOffset = biasOffset;
    rows = samples * pixels;
    int pixelBlocks = (rows + BLOCK_PIXELS - 1) / BLOCK_PIXELS;
    int wanted = 2 * pool.threads();
    panelGroups = Math.min(weights.panels(), Math.max(1, wanted / pixelBlocks));
    pool.run(pixelBlocks * panelGroups * weights.groups(), block);
  }

  private void runBlock(int index, int thread) {
    int group = index % weights.groups();
    int part = index / weights.groups() % panelGroups;
    int first = index / weights.groups() / panelGroups * BLOCK_PIXELS;
    int count = Math.min(BLOCK_PIXELS, rows - first);
    int lastPanel = (part + 1) * weights.panels() / panelGroups;
    for (int panel = part * weights.panels() / panelGroups; panel < lastPanel; panel++) {
      int channel = group * weights.outputs() + panel * weights.width();
      multiply(group, panel, channel, first, count);
      if (bias != null) {
        addBias(channel, weights.columns(panel), first, count);
      }
    }
  }

  private void multiply(int group, int panel, int channel, int first, int count) {
    int start = weights.start(group, panel);
    for (int s = 0; s < segmentOffsets.length; s++) {
      for (int k = 0; k < run; k += SLICE) {
        kernels.multiply(
            Math.min(SLICE, run - k),
            input.data(),
            inputBase + segmentOffsets[s] + group * weights.inputs() + k,
            inputOffsets,
            weights.data(),
            start + (s * run + k) * weights.width(),
            output.data(),
            outputBase + channel,
            outputOffsets,
            first,
            count,
            weights.columns(panel),
            s > 0 || k > 0);
      }
    }
  }

  private void addBias(int channel, int columns, int first, int count) {
    float[] y = output.data();
    for (int i = first; i < first + count; i++) {
      kernels
          .rows()
          .add(bias, biasOffset + channel, y, outputBase + outputOffsets[i] + channel, columns);
    }
  }
}
