package io.convoy.operation.convolution;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.gradient.GradientBlocks;
import java.util.Arrays;

/**
 * The gradient of a bias: the sum of the output's gradient over all pixels, in ascending order; one
 * block.
 */
final class BiasGradient implements GradientBlocks {
  private static final int PIECES = 16;

  private final RowKernels kernels;
  private final PixelGrid outputGradient;
  private final int channels;
  private final float[][] sums;

  BiasGradient(PixelGrid outputGradient, int channels, Binding binding) {
    this.outputGradient = outputGradient;
    this.channels = channels;
    kernels = binding.kernels().rows();
    sums = binding.arena().floats(binding.pool().threads(), channels);
  }

  @Override
  public int blocks() {
    return 1;
  }

  @Override
  public int blockFloats() {
    return channels;
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
    return PIECES;
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    float[] sum = sums[thread];
    Arrays.fill(sum, 0f);
    int width = outputGradient.width();
    for (int row = from; row < until; row++) {
      int first = outputGradient.at(row * width);
      kernels.addRows(
          outputGradient.data(), first, outputGradient.columnStep(), width, sum, 0, channels);
    }
    if (adds) {
      kernels.add(sum, 0, to, start, channels);
    } else {
      System.arraycopy(sum, 0, to, start, channels);
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    System.arraycopy(sum, start, target, offset, channels);
  }
}
