package io.convoy.operation.elementwise;

import io.convoy.kernel.ActivationKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Epilogue;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.Pieces;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Tensor;

/**
 * The operation of the layers that map each element by itself. The derivative follows from the
 * output, so that the input need not outlive the forward pass: output and input may be the same
 * memory.
 */
public final class ActivationOperation implements Operation {
  /** Writes a row of outputs. */
  @FunctionalInterface
  public interface Function {
    void apply(ActivationKernels kernels, float[] x, int xStart, float[] y, int yStart, int length);
  }

  /** Writes a row of the input's gradient, from the output and its gradient. */
  @FunctionalInterface
  public interface Derivative {
    void apply(
        ActivationKernels kernels,
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
  private final RowBlocks forward;
  private final RowBlocks backward;
  private boolean follows;

  public ActivationOperation(Function function, Derivative derivative, Binding binding) {
    this.function = function;
    this.derivative = derivative;
    this.binding = binding;
    forward =
        RowBlocks.elementwise(binding.pool(), this::forwardRows, binding.output(), binding.input());
    backward =
        binding.inputGradient() == null
            ? null
            : RowBlocks.elementwise(
                binding.pool(),
                this::backwardRows,
                binding.output(),
                binding.outputGradient(),
                binding.inputGradient());
  }

  @Override
  public Epilogue epilogue() {
    follows = true;
    Tensor y = binding.output();
    int length = y.shape().width() * y.shape().channels();
    Pieces pieces = new Pieces(y.shape(), binding.pool());
    return new Epilogue(
        pieces,
        y.capacity(),
        false,
        (piece, thread) -> {
          for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
            forwardRows(pieces.image(piece), h, length, thread);
          }
        });
  }

  @Override
  public void forward(Pass pass) {
    if (!follows) {
      forward.run(pass.samples());
    }
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (backward != null) {
      backward.run(pass.samples());
    }
  }

  private void forwardRows(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    function.apply(
        binding.kernels().activations(), x.data(), x.at(n, h, 0), y.data(), y.at(n, h, 0), length);
  }

  private void backwardRows(int n, int h, int length, int thread) {
    Tensor y = binding.output();
    Tensor dy = binding.outputGradient();
    Tensor dx = binding.inputGradient();
    derivative.apply(
        binding.kernels().activations(),
        y.data(),
        y.at(n, h, 0),
        dy.data(),
        dy.at(n, h, 0),
        dx.data(),
        dx.at(n, h, 0),
        length);
  }
}
