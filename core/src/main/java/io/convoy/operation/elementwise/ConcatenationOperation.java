package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/** Joins channels: copies pixel by pixel, and back for the gradients. */
public final class ConcatenationOperation implements Operation {
  private final Binding binding;
  private final RowBlocks forward;
  private final RowBlocks backward;

  public ConcatenationOperation(Binding binding) {
    this.binding = binding;
    Shape shape = binding.output().shape();
    forward = RowBlocks.rowByRow(binding.pool(), shape, this::forwardRow);
    backward = RowBlocks.rowByRow(binding.pool(), shape, this::backwardRow);
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    backward.run(pass.samples());
  }

  private void forwardRow(int n, int h, int length, int thread) {
    int to = binding.output().at(n, h, 0);
    for (Tensor x : binding.inputs()) {
      copyRow(x, x.at(n, h, 0), binding.output(), to, x.shape().channels());
      to += x.shape().channels();
    }
  }

  private void backwardRow(int n, int h, int length, int thread) {
    Tensor dy = binding.outputGradient();
    int from = dy.at(n, h, 0);
    for (int i = 0; i < binding.inputs().size(); i++) {
      int channels = binding.inputs().get(i).shape().channels();
      Tensor dx = binding.inputGradients()[i];
      if (dx != null && binding.adds()[i]) {
        addRow(dy, from, dx, dx.at(n, h, 0), channels);
      } else if (dx != null) {
        copyRow(dy, from, dx, dx.at(n, h, 0), channels);
      }
      from += channels;
    }
  }

  /** Copies so many channels of each pixel of a row. */
  private void copyRow(Tensor from, int start, Tensor to, int toStart, int channels) {
    int step = from.shape().channels();
    int toStep = to.shape().channels();
    binding
        .kernels()
        .rows()
        .copyRows(
            from.data(), start, step, to.data(), toStart, toStep, to.shape().width(), channels);
  }

  private void addRow(Tensor from, int start, Tensor to, int toStart, int channels) {
    for (int w = 0; w < to.shape().width(); w++) {
      int x = start + w * from.shape().channels();
      int y = toStart + w * to.shape().channels();
      binding.kernels().rows().add(from.data(), x, to.data(), y, channels);
    }
  }
}
