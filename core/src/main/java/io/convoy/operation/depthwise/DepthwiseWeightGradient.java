package io.convoy.operation.depthwise;

import static io.convoy.kernel.DepthwiseGradient.GROUP;

import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.gradient.GradientBlocks;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * The gradient of the weights of {@link DepthwiseConvolution}, over rows of pixels, which are cut
 * into as many pieces as the number of channels says, few where there are many. A block is all
 * channels, unless threads would find nothing to do: pixels are then read from end to end, as the
 * prefetcher wants it, while in blocks of some channels each pixel would be a new stream.
 */
public final class DepthwiseWeightGradient implements GradientBlocks {
  /** Channels of all pieces together. */
  private static final int PIECE_CHANNELS = 512;

  /** Fewest channels of a block, and what a block is a multiple of. */
  private static final int BLOCK = 32;

  private final RowKernels kernels;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final int channels;
  private final int taps;
  private final int blockChannels;
  private final DepthwiseGradient kernel;
  private final Scratch[] scratch;

  public DepthwiseWeightGradient(
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
    int threads = binding.pool().threads();
    int parts = pieces() * binding.capacity().shards();
    int perPart = (threads + parts - 1) / parts;
    int blocks = (channels + BLOCK - 1) / BLOCK;
    blockChannels = (blocks + perPart - 1) / perPart * BLOCK;
    scratch = binding.arena().scratch(threads, scratchFloats());
  }

  @Override
  public int blocks() {
    return (channels + blockChannels - 1) / blockChannels;
  }

  @Override
  public int blockFloats() {
    return DepthwiseGradient.sumFloats(taps, blockChannels);
  }

  @Override
  public int scratchFloats() {
    return blockFloats();
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
    float[] sums = adds ? scratch[thread].data() : to;
    int sumsStart = adds ? scratch[thread].offset() : start;
    int floats = DepthwiseGradient.sumFloats(taps, last - first);
    Arrays.fill(sums, sumsStart, sumsStart + floats, 0f);
    accumulate(from, until, first, last, sums, sumsStart);
    if (adds) {
      kernels.add(sums, sumsStart, to, start, floats);
    }
  }

  /** Sums rows, image by image. */
  private void accumulate(int from, int until, int first, int last, float[] sums, int sumsStart) {
    int height = outputGradient.height();
    for (int row = from; row < until; ) {
      int count = Math.min(until - row, height - row % height);
      int pixel = row * outputGradient.width();
      kernel.accumulate(
          forward.from().data(),
          forward.from().at(pixel),
          outputGradient.data(),
          outputGradient.at(pixel),
          sums,
          sumsStart,
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
    for (int c = 0; c < count; c++) {
      int at = start + c / GROUP * GROUP * taps + c % GROUP;
      int to = offset + (first + c) * taps;
      for (int tap = 0; tap < taps; tap++) {
        target[to + tap] = sum[at + tap * GROUP];
      }
    }
  }
}
