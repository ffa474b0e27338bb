package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/** The operation of {@link Concat}: copies pixel by pixel, and back for the gradients. */
final class Concatenation implements Operation {
  private final Binding binding;
  private final WorkPool.Block forwardBlock = this::forwardSample;
  private final WorkPool.Block backwardBlock = this::backwardSample;

  Concatenation(Binding binding) {
    this.binding = binding;
  }

  @Override
  public void forward(Pass pass) {
    binding.pool().run(pass.samples(), forwardBlock);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    binding.pool().run(pass.samples(), backwardBlock);
  }

  private void forwardSample(int n, int thread) {
    int channel = 0;
    for (Tensor x : binding.inputs()) {
      copy(n, x, 0, binding.output(), channel, x.shape().channels());
      channel += x.shape().channels();
    }
  }

  private void backwardSample(int n, int thread) {
    int channel = 0;
    for (int i = 0; i < binding.inputs().size(); i++) {
      int channels = binding.inputs().get(i).shape().channels();
      Tensor dx = binding.inputGradients()[i];
      if (dx != null) {
        copy(n, binding.outputGradient(), channel, dx, 0, channels);
      }
      channel += channels;
    }
  }

  private static void copy(
      int n, Tensor from, int fromChannel, Tensor to, int toChannel, int channels) {
    for (int h = 0; h < to.shape().height(); h++) {
      for (int w = 0; w < to.shape().width(); w++) {
        System.arraycopy(
            from.data(),
            from.at(n, h, w) + fromChannel,
            to.data(),
            to.at(n, h, w) + toChannel,
            channels);
      }
    }
  }
}
