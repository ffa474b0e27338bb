package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/** The operation of {@link Add}. */
final class Addition implements Operation {
  private final Binding binding;
  private final int rowLength;
  private final WorkPool.Block forwardBlock = this::forwardSample;
  private final WorkPool.Block backwardBlock = this::backwardSample;

  Addition(Binding binding) {
    this.binding = binding;
    rowLength = binding.output().shape().width() * binding.output().shape().channels();
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
    Tensor y = binding.output();
    for (int h = 0; h < y.shape().height(); h++) {
      copy(binding.input(), y, n, h);
      for (int i = 1; i < binding.inputs().size(); i++) {
        Tensor x = binding.inputs().get(i);
        binding.kernels().rows().add(x.data(), x.at(n, h, 0), y.data(), y.at(n, h, 0), rowLength);
      }
    }
  }

  private void backwardSample(int n, int thread) {
    for (Tensor dx : binding.inputGradients()) {
      if (dx != null) {
        for (int h = 0; h < dx.shape().height(); h++) {
          copy(binding.outputGradient(), dx, n, h);
        }
      }
    }
  }

  private void copy(Tensor from, Tensor to, int n, int h) {
    System.arraycopy(from.data(), from.at(n, h, 0), to.data(), to.at(n, h, 0), rowLength);
  }
}
