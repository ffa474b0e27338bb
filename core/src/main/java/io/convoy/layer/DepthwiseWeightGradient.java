package io.convoy.layer;

import io.convoy.kernel.Kernels;
import java.util.Arrays;

/**
 * The gradient of the weights of {@link DepthwiseConvolution}: each pixel row is summed from zero
 * and added to the rows before, all weights in one block.
 */
final class DepthwiseWeightGradient implements GradientBlocks {
  private static final int PIECES = 16;

  private final Kernels kernels;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final int channels;
  private final int weights;
  private final float[][] sums;

  DepthwiseWeightGradient(
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Binding binding) {
    this.forward = forward;
    this.outputGradient = outputGradient;
    kernels = binding.kernels();
    channels = geometry.outChannels();
    weights = geometry.weights();
    sums = binding.arena().floats(binding.pool().threads(), weights);
  }

  @Override
  public int blocks() {
    return 1;
  }

  @Override
  public int blockFloats() {
    return weights;
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
    for (int row = from; row < until; row++) {
      int pixel = row * outputGradient.width();
      kernels
          .depthwise()
          .gradient(
              forward.offsets(),
              forward.from().data(),
              forward.from().at(pixel),
              forward.from().columnStep(),
              outputGradient.data(),
              outputGradient.at(pixel),
              outputGradient.columnStep(),
              sum,
              outputGradient.width(),
              channels);
    }
    if (adds) {
      kernels.rows().add(sum, 0, to, start, weights);
    } else {
      System.arraycopy(sum, 0, to, start, weights);
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    int taps = forward.offsets().length;
    for (int tap = 0; tap < taps; tap++) {
      for (int c = 0; c < channels; c++) {
        target[offset + c * taps + tap] = sum[start + tap * channels + c];
      }
    }
  }
}
