package io.convoy.layer;

import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.RowKernels;
import java.util.Arrays;

/**
 * The gradient of the weights of {@link DepthwiseConvolution}, over rows of pixels. A block is some
 * channels; the rows are cut into as many pieces as the number of channels says, few where there
 * are many.
 */
final class DepthwiseWeightGradient implements GradientBlocks {
  /** Channels of all pieces together. */
  private static final int PIECE_CHANNELS = 512;

  /** Fewest channels of a block, and what a block is a multiple of. */
  private static final int BLOCK = 32;

  /** Tasks for each thread: so many that none waits long for the last. */
  private static final int THREAD_TASKS = 4;

  private final RowKernels kernels;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final int channels;
  private final int taps;
  private final int pitch;
  private final int blockChannels;
  private final DepthwiseGradient kernel;
  private final float[][] sums;

  DepthwiseWeightGradient(
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Binding binding) {
    kernels = binding.kernels().rows();
    this.forward = forward;
    this.outputGradient = outputGradient;
    channels = geometry.outChannels();
    taps = geometry.taps();
    DepthwiseWindows windows = forward.windows(outputGradient, channels);
    kernel = binding.kernels().depthwiseGradient(windows);
    pitch = windows.pitch();
    sums = binding.arena().floats(binding.pool().threads(), taps * pitch);
    int wanted = binding.pool().threads() * THREAD_TASKS;
    int perPiece = (wanted + pieces() - 1) / pieces();
    int blocks = (channels + BLOCK - 1) / BLOCK;
    blockChannels = (blocks + perPiece - 1) / perPiece * BLOCK;
  }

  @Override
  public int blocks() {
    return (channels + blockChannels - 1) / blockChannels;
  }

  @Override
  public int blockFloats() {
    return taps * blockChannels;
  }

  @Override
  public int scratchFloats() {
    return 0;
  }

  @Override
  public int units() {
    return outputGradient.height();
  }

  @Override
  public int chunk() {
    return 1;
  }

  @Override
  public int pieces() {
    return Math.max(1, PIECE_CHANNELS / Math.max(BLOCK, channels));
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    int first = block * blockChannels;
    int last = Math.min(channels, first + blockChannels);
    float[] sum = sums[thread];
    for (int tap = 0; tap < taps; tap++) {
      Arrays.fill(sum, tap * pitch + first, tap * pitch + last, 0f);
    }
    accumulate(from, until, first, last, sum);
    for (int tap = 0; tap < taps; tap++) {
      int at = start + tap * blockChannels;
      if (adds) {
        kernels.add(sum, tap * pitch + first, to, at, last - first);
      } else {
        System.arraycopy(sum, tap * pitch + first, to, at, last - first);
      }
    }
  }

  /** Sums rows, image by image. */
  private void accumulate(int from, int until, int first, int last, float[] sum) {
    int height = outputGradient.height();
    for (int row = from; row < until; ) {
      int count = Math.min(until - row, height - row % height);
      int pixel = row * outputGradient.width();
      kernel.accumulate(
          forward.from().data(),
          forward.from().at(pixel),
          outputGradient.data(),
          outputGradient.at(pixel),
          sum,
          count,
          first,
          last);
      row += count;
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int first = block * blockChannels;
    int count = Math.min(blockChannels, channels - first);
    for (int tap = 0; tap < taps; tap++) {
      for (int c = 0; c < count; c++) {
        target[offset + (first + c) * taps + tap] = sum[start + tap * blockChannels + c];
      }
    }
  }
}
