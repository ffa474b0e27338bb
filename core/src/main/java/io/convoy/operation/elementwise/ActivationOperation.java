package io.convoy.operation.elementwise;

import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.FloatMath;
import io.convoy.operation.Binding;
import io.convoy.operation.Epilogue;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.Pieces;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Tensor;

/**
 * The operation of the layers that map each element by itself. Where the derivative follows from
 * the output, the input need not outlive the forward pass: output and input may be the same memory.
 */
public final class ActivationOperation implements Operation {
  /** Writes a row of outputs. */
  @FunctionalInterface
  public interface Function {
    void apply(ActivationKernels kernels, float[] x, int xStart, float[] y, int yStart, int length);
  }

  /** Writes a row of the input's gradient, from what is known and the output's gradient. */
  @FunctionalInterface
  public interface Derivative {
    void apply(
        ActivationKernels kernels,
        float[] known,
        int knownStart,
        float[] dy,
        int dyStart,
        float[] dx,
        int dxStart,
        int length);
  }

  private final Function function;
  private final Derivative derivative;
  private final Binding binding;

  /** What the derivative follows from. */
  private final Tensor known;

  private final RowBlocks forward;
  private final RowBlocks backward;
  private boolean follows;

  private ActivationOperation(
      Function function, Derivative derivative, Tensor known, Binding binding) {
    this.function = function;
    this.derivative = derivative;
    this.known = known;
    this.binding = binding;
    forward =
        RowBlocks.elementwise(binding.pool(), this::forwardRows, binding.output(), binding.input());
    backward =
        binding.inputGradient() == null
            ? null
            : RowBlocks.elementwise(
                binding.pool(),
                this::backwardRows,
                known,
                binding.outputGradient(),
                binding.inputGradient());
  }

  /** Of a function whose derivative follows from the output. */
  public static ActivationOperation byOutput(
      Function function, Derivative derivative, Binding binding) {
    return new ActivationOperation(function, derivative, binding.output(), binding);
  }

  /** Of a function whose derivative follows from the input. */
  public static ActivationOperation byInput(
      Function function, Derivative derivative, Binding binding) {
    return new ActivationOperation(function, derivative, binding.input(), binding);
  }

  /** Of {@code min(max(slope x + offset, 0), top)}. */
  public static ActivationOperation ramp(float slope, float offset, float top, Binding binding) {
    return byOutput(
        (kernels, x, xStart, y, yStart, length) ->
            kernels.ramp(x, xStart, slope, offset, top, y, yStart, length),
        (kernels, y, yStart, dy, dyStart, dx, dxStart, length) ->
            kernels.rampGradient(y, yStart, dy, dyStart, slope, top, dx, dxStart, length),
        binding);
  }

  /** Of {@code min(max(x, least), most)}, one number at a time. */
  public static ActivationOperation clip(float least, float most, Binding binding) {
    return byOutput(
        (kernels, x, xStart, y, yStart, length) -> {
          for (int i = 0; i < length; i++) {
            y[yStart + i] = Math.min(Math.max(x[xStart + i], least), most);
          }
        },
        (kernels, y, yStart, dy, dyStart, dx, dxStart, length) -> {
          for (int i = 0; i < length; i++) {
            float output = y[yStart + i];
            dx[dxStart + i] = least < output && output < most ? dy[dyStart + i] : 0f;
          }
        },
        binding);
  }

  /** Of {@code x > 0 ? positive x : negative (exp(x) - 1)}. */
  public static ActivationOperation elu(float positive, float negative, Binding binding) {
    return byOutput(
        (kernels, x, xStart, y, yStart, length) ->
            kernels.elu(x, xStart, positive, negative, y, yStart, length),
        (kernels, y, yStart, dy, dyStart, dx, dxStart, length) ->
            kernels.eluGradient(y, yStart, dy, dyStart, positive, negative, dx, dxStart, length),
        binding);
  }

  /** Of {@code scale tanh(slope x)}, one number at a time. */
  public static ActivationOperation scaledTanh(float scale, float slope, Binding binding) {
    float steepest = scale * slope;
    float bend = -slope / scale;
    return byOutput(
        (kernels, x, xStart, y, yStart, length) -> {
          for (int i = 0; i < length; i++) {
            y[yStart + i] = scale * FloatMath.tanh(slope * x[xStart + i]);
          }
        },
        (kernels, y, yStart, dy, dyStart, dx, dxStart, length) -> {
          for (int i = 0; i < length; i++) {
            float output = y[yStart + i];
            dx[dxStart + i] = dy[dyStart + i] * Math.fma(bend * output, output, steepest);
          }
        },
        binding);
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
    Tensor dy = binding.outputGradient();
    Tensor dx = binding.inputGradient();
    derivative.apply(
        binding.kernels().activations(),
        known.data(),
        known.at(n, h, 0),
        dy.data(),
        dy.at(n, h, 0),
        dx.data(),
        dx.at(n, h, 0),
        length);
  }
}
