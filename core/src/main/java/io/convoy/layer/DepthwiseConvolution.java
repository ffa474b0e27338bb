package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;

/**
 * A convolution that keeps every channel by itself: as many groups as channels, in and out. Serves
 * forward, and backward for data. It is bound by memory; threads share out rows of pixels.
 */
final class DepthwiseConvolution implements ConvolutionPass {
  private final Kernels kernels;
  private final WorkPool pool;
  private final Correlation pass;
  private final int channels;
  private final int kernelTaps;
  private final float[] weights;
  private final float[] zeros;
  private final WorkPool.Block block = this::row;
  private float[] bias;
  private int biasOffset;

  DepthwiseConvolution(
      ConvolutionGeometry geometry, Correlation pass, Kernels kernels, WorkPool pool, Arena arena) {
    this.kernels = kernels;
    this.pool = pool;
    this.pass = pass;
    channels = geometry.outChannels();
    kernelTaps = geometry.taps();
    weights = arena.floats(pass.taps().length * channels);
    zeros = arena.floats(channels);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    for (int tap = 0; tap < pass.taps().length; tap++) {
      for (int c = 0; c < channels; c++) {
        weights[tap * channels + c] = weightsOIHW[offset + c * kernelTaps + pass.taps()[tap]];
      }
    }
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset) {
    this.bias = bias == null ? zeros : bias;
    this.biasOffset = bias == null ? 0 : biasOffset;
    pool.run(samples * pass.to().height(), block);
  }

  private void row(int row, int thread) {
    PixelGrid from = pass.from();
    PixelGrid to = pass.to();
    int pixel = row * to.width();
    kernels
        .depthwise()
        .correlate(
            pass.offsets(),
            from.data(),
            from.at(pixel),
            from.columnStep(),
            weights,
            bias,
            biasOffset,
            to.data(),
            to.at(pixel),
            to.columnStep(),
            to.width(),
            channels);
  }
}
