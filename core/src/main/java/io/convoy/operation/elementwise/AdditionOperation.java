package io.convoy.operation.elementwise;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sum of two or more inputs, with the rectifier behind it where one follows. The output may lie
 * on the first input (or, of two, on either), an input's gradient on the output's.
 */
public final class AdditionOperation implements Operation {
  private final Binding binding;
  private final RowBlocks forward;
  private final List<ResidualGradient> terms = new ArrayList<>();
  private final RowBlocks backward;

  public AdditionOperation(Binding binding) {
    this.binding = binding;
    Tensor[] read =
        Stream.concat(Stream.of(binding.output()), binding.inputs().stream())
            .toArray(Tensor[]::new);
    forward = RowBlocks.elementwise(binding.pool(), this::forwardRows, read);
    backward = binding.goesBackward() ? backwardBlocks() : null;
  }

  private RowBlocks backwardBlocks() {
    for (int i = 0; i < binding.inputs().size(); i++) {
      terms.add(new ResidualGradient(binding, i));
    }
    Tensor[] written =
        Stream.concat(
                Stream.of(binding.outputGradient(), binding.output()),
                Stream.of(binding.inputGradients()))
            .toArray(Tensor[]::new);
    return RowBlocks.elementwise(binding.pool(), this::backwardRows, written);
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    backward.run(pass.samples());
  }

  private void forwardRows(int n, int h, int length, int thread) {
    Tensor y = binding.output();
    int last = binding.inputs().size() - 1;
    // a sum of two may be taken from either end: it lies on the second input where y does
    int first = last == 1 && y == binding.inputs().get(1) ? 1 : 0;
    if (last == 1 && binding.fusion().rectified()) {
      addRelu(binding.input(), binding.inputs().get(1), n, h, length);
      return;
    }
    copy(binding.inputs().get(first), y, n, h, length);
    for (int i = 1; i < last; i++) {
      add(binding.inputs().get(i), y, n, h, length);
    }
    Tensor x = binding.inputs().get(last - first);
    if (binding.fusion().rectified()) {
      addRelu(x, y, n, h, length);
    } else {
      add(x, y, n, h, length);
    }
  }

  private void addRelu(Tensor a, Tensor b, int n, int h, int length) {
    Tensor y = binding.output();
    binding
        .kernels()
        .fused()
        .addRelu(a.data(), a.at(n, h, 0), b.data(), b.at(n, h, 0), y.data(), y.at(n, h, 0), length);
  }

  private void backwardRows(int n, int h, int length, int thread) {
    for (ResidualGradient term : terms) {
      term.pass(n, h, length);
    }
  }

  private void add(Tensor from, Tensor to, int n, int h, int length) {
    RowKernels rows = binding.kernels().rows();
    rows.add(from.data(), from.at(n, h, 0), to.data(), to.at(n, h, 0), length);
  }

  private static void copy(Tensor from, Tensor to, int n, int h, int length) {
    if (from != to) {
      System.arraycopy(from.data(), from.at(n, h, 0), to.data(), to.at(n, h, 0), length);
    }
  }
}
