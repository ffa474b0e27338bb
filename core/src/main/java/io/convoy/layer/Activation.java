package io.convoy.layer;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/**
 * The operation of the layers that map each element by itself. The derivative follows from the
 * output, so that the input need not outlive the forward pass.
 */
final class Activation implements Operation {
  /** Writes a row of outputs. */
  @FunctionalInterface
  interface Function {
    void apply(RowKernels rows, float[] x, int xStart, float[] y, int yStart, int length);
  }

  /** Writes a row of the input's gradient, from the output and its gradient. */
  @FunctionalInterface
  interface Derivative {
    void apply(
        RowKernels rows,
        float[] y,
        int yStart,
        float[] dy,
        int dyStart,
        float[] dx,
        int dxStart,
        int length);
  }

  private final Function function;
  private final Derivative derivative;
  private final Binding binding;
  private final int rowLength;
  private final WorkPool.Block forwardBlock = this::forwardSample;
  private final WorkPool.Block backwardBlock = this::backwardSample;

  Activation(Function function, Derivative derivative, Binding binding) {
    this.function = function;
    this.derivative = derivative;
    this.binding = binding;
    rowLength = binding.output().shape().width() * binding.output().shape().channels();
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

  private void forwardSample(int n, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    RowKernels rows = binding.kernels().rows();
    for (int h = 0; h < x.shape().height(); h++) {
      function.apply(rows, x.data(), x.at(n, h, 0), y.data(), y.at(n, h, 0), rowLength);
    }
  }

  private void backwardSample(int n, int thread) {
    Tensor y = binding.output();
    Tensor dy = binding.outputGradient();
    Tensor dx = binding.inputGradient();
    RowKernels rows = binding.kernels().rows();
    for (int h = 0; h < y.shape().height(); h++) {
      derivative.apply(
          rows,
          y.data(),
          y.at(n, h, 0),
          dy.data(),
          dy.at(n, h, 0),
          dx.data(),
          dx.at(n, h, 0),
          rowLength);
    }
  }
}
