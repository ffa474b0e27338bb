package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/** The operation of {@link Relu}. */
final class Rectification implements Operation {
  private final Binding binding;
  private final WorkPool.Block forwardBlock = this::forwardRow;
  private final WorkPool.Block backwardBlock = this::backwardRow;

  Rectification(Binding binding) {
    this.binding = binding;
  }

  @Override
  public void forward(Pass pass) {
    binding.pool().run(pass.samples(), forwardBlock);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      binding.pool().run(pass.samples(), backwardBlock);
    }
  }

  private void forwardRow(int n, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    int length = x.shape().width() * x.shape().channels();
    for (int h = 0; h < x.shape().height(); h++) {
      binding.kernels().rows().relu(x.data(), x.at(n, h, 0), y.data(), y.at(n, h, 0), length);
    }
  }

  private void backwardRow(int n, int thread) {
    Tensor y = binding.output();
    Tensor dy = binding.outputGradient();
    Tensor dx = binding.inputGradient();
    int length = y.shape().width() * y.shape().channels();
    for (int h = 0; h < y.shape().height(); h++) {
      binding
          .kernels()
          .rows()
          .reluGradient(
              y.data(),
              y.at(n, h, 0),
              dy.data(),
              dy.at(n, h, 0),
              dx.data(),
              dx.at(n, h, 0),
              length);
    }
  }
}
