package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/** The operation of {@link Flatten}: HWC to CHW, and back for the gradient. */
final class Flattening implements Operation {
  private final Binding binding;
  private final Shape image;
  private final WorkPool.Block forwardBlock = this::forwardSample;
  private final WorkPool.Block backwardBlock = this::backwardSample;

  Flattening(Binding binding) {
    this.binding = binding;
    image = binding.input().shape();
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
    float[] to = binding.output().data();
    int start = binding.output().at(n, 0, 0);
    int pixels = image.height() * image.width();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int from = x.at(n, pixel / image.width(), pixel % image.width());
      for (int c = 0; c < image.channels(); c++) {
        to[start + c * pixels + pixel] = x.data()[from + c];
      }
    }
  }

  private void backwardSample(int n, int thread) {
    Tensor dx = binding.inputGradient();
    float[] dy = binding.outputGradient().data();
    int start = binding.outputGradient().at(n, 0, 0);
    int pixels = image.height() * image.width();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int to = dx.at(n, pixel / image.width(), pixel % image.width());
      for (int c = 0; c < image.channels(); c++) {
        dx.data()[to + c] = dy[start + c * pixels + pixel];
      }
    }
  }
}
