package io.convoy.operation.elementwise;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Pass;
import io.convoy.operation.RowOperation;
import io.convoy.operation.gradient.BlockedGradient;
import io.convoy.operation.gradient.ChannelSums;
import io.convoy.tensor.Tensor;

/** A trained factor, and perhaps an offset, for each channel. */
public final class ChannelScaleOperation extends RowOperation {
  private final boolean biased;
  private final int channels;
  private final RowKernels rows;
  private final BlockedGradient weightGradient;
  private final BlockedGradient biasGradient;
  private float[] state;

  public ChannelScaleOperation(boolean biased, Binding binding) {
    super(binding.input().shape(), binding);
    this.biased = biased;
    Tensor x = binding.input();
    channels = x.shape().channels();
    rows = binding.kernels().rows();
    weightGradient = binding.training() ? gradient(this::products) : null;
    biasGradient = binding.training() && biased ? gradient(this::gradients) : null;
  }

  private BlockedGradient gradient(ChannelSums.Row row) {
    Tensor x = binding.input();
    return new BlockedGradient(
        new ChannelSums(x.shape(), channels, row, binding), 2L * x.shape().elements(), binding);
  }

  @Override
  public void load(float[] state) {
    this.state = state;
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    // the input's gradient may be written over that of the output
    if (weightGradient != null) {
      weightGradient.run(pass, gradient, binding.offsets()[0]);
    }
    if (biasGradient != null) {
      biasGradient.run(pass, gradient, binding.offsets()[1]);
    }
    super.backward(pass, gradient);
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    scale(binding.input(), binding.output(), n, h, length);
    if (biased) {
      Tensor y = binding.output();
      int at = y.at(n, h, 0);
      for (int i = 0; i < length; i += channels) {
        rows.add(state, binding.offsets()[1], y.data(), at + i, channels);
      }
    }
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    scale(binding.outputGradient(), binding.inputGradient(), n, h, length);
  }

  private void scale(Tensor from, Tensor to, int n, int h, int length) {
    int read = from.at(n, h, 0);
    int write = to.at(n, h, 0);
    for (int i = 0; i < length; i += channels) {
      rows.scale(
          from.data(), read + i, state, binding.offsets()[0], to.data(), write + i, channels);
    }
  }

  private void products(int n, int h, float[] pixels, int thread) {
    Tensor x = binding.input();
    Tensor dy = binding.outputGradient();
    int length = x.shape().width() * channels;
    rows.scale(x.data(), x.at(n, h, 0), dy.data(), dy.at(n, h, 0), pixels, 0, length);
  }

  private void gradients(int n, int h, float[] pixels, int thread) {
    Tensor dy = binding.outputGradient();
    int length = dy.shape().width() * channels;
    System.arraycopy(dy.data(), dy.at(n, h, 0), pixels, 0, length);
  }
}
