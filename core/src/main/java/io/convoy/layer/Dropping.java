package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Tensor;

/** The operation of {@link Dropout}: element e of a sample, in NHWC order, takes draw e. */
final class Dropping implements Operation {
  private final Dropout layer;
  private final Binding binding;
  private final int rowLength;
  private final int sampleLength;
  private final float[] mask;
  private final RandomStream[] streams;
  private final WorkPool.Block forwardBlock = this::forwardSample;
  private final WorkPool.Block backwardBlock = this::backwardSample;
  private Pass pass;

  Dropping(Dropout layer, Binding binding) {
    this.layer = layer;
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
  }

  @Override
  public void forward(Pass pass) {
    this.pass = pass;
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
    if (!pass.training()) {
      for (int h = 0; h < x.shape().height(); h++) {
        System.arraycopy(x.data(), x.at(n, h, 0), y.data(), y.at(n, h, 0), rowLength);
      }
      return;
    }
    RandomStream random = streams[thread];
    random.reset(pass.seed(), Purpose.DROPOUT, binding.index());
    random.at(pass.epoch(), pass.sampleId(n));
    float kept = 1 / (1 - layer.rate());
    for (int e = 0; e < sampleLength; e++) {
      mask[n * sampleLength + e] = random.uniform(e) < layer.rate() ? 0f : kept;
    }
    apply(n, x, y);
  }

  private void backwardSample(int n, int thread) {
    apply(n, binding.outputGradient(), binding.inputGradient());
  }

  private void apply(int n, Tensor from, Tensor to) {
    for (int h = 0; h < from.shape().height(); h++) {
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
}
