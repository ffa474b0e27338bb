package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Tensor;

/** Inverted dropout: element e of a sample, in NHWC order, takes draw e. */
public final class DropoutOperation implements Operation {
  private final float rate;
  private final Binding binding;
  private final int rowLength;
  private final int sampleLength;
  private final float[] mask;
  private final RandomStream[] streams;
  private final RowBlocks forward;
  private final RowBlocks backward;
  private Pass pass;

  public DropoutOperation(float rate, Binding binding) {
    this.rate = rate;
    this.binding = binding;
    Tensor x = binding.input();
    rowLength = x.shape().width() * x.shape().channels();
    sampleLength = x.shape().elements();
    mask =
        binding
            .arena()
            .floats(binding.training() ? Math.multiplyExact(x.capacity(), sampleLength) : 0);
    streams = new RandomStream[binding.pool().threads()];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new RandomStream(0, Purpose.DROPOUT, binding.index());
    }
    forward = RowBlocks.rowByRow(binding.pool(), x.shape(), this::forwardRow);
    backward = RowBlocks.rowByRow(binding.pool(), x.shape(), this::backwardRow);
  }

  @Override
  public void forward(Pass pass) {
    this.pass = pass;
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      backward.run(pass.samples());
    }
  }

  private void forwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    if (!pass.training()) {
      pass(n, h, x, y);
      return;
    }
    RandomStream random = streams[thread];
    random.reset(pass.seed(), Purpose.DROPOUT, binding.index());
    random.at(pass.epoch(), pass.sampleId(n));
    float kept = 1 / (1 - rate);
    int start = n * sampleLength;
    for (int e = h * rowLength; e < (h + 1) * rowLength; e++) {
      mask[start + e] = random.uniform(e) < rate ? 0f : kept;
    }
    apply(n, h, x, y);
  }

  private void backwardRow(int n, int h, int length, int thread) {
    if (pass.training()) {
      apply(n, h, binding.outputGradient(), binding.inputGradient());
    } else {
      pass(n, h, binding.outputGradient(), binding.inputGradient());
    }
  }

  private void pass(int n, int h, Tensor from, Tensor to) {
    if (from != to) {
      System.arraycopy(from.data(), from.at(n, h, 0), to.data(), to.at(n, h, 0), rowLength);
    }
  }

  private void apply(int n, int h, Tensor from, Tensor to) {
    binding
        .kernels()
        .rows()
        .scale(
            from.data(),
            from.at(n, h, 0),
            mask,
            n * sampleLength + h * rowLength,
            to.data(),
            to.at(n, h, 0),
            rowLength);
  }
}
