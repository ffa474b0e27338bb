package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Shape;

/** Flattens images: HWC to CHW, and back for the gradient. */
public final class FlattenOperation implements Operation {
  private final Binding binding;
  private final Shape image;
  private final RowBlocks forward;
  private final RowBlocks backward;

  public FlattenOperation(Binding binding) {
    this.binding = binding;
    image = binding.input().shape();
    forward = RowBlocks.rowByRow(binding.pool(), image, this::forwardRow);
    backward = RowBlocks.rowByRow(binding.pool(), image, this::backwardRow);
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      backward.run(pass.samples());
    }
  }

  private void forwardRow(int n, int h, int length, int thread) {
    float[] x = binding.input().data();
    float[] y = binding.output().data();
    int from = binding.input().at(n, h, 0);
    int to = binding.output().at(n, 0, 0) + h * image.width();
    int pixels = image.height() * image.width();
    for (int w = 0; w < image.width(); w++, from += image.channels()) {
      for (int c = 0; c < image.channels(); c++) {
        y[to + c * pixels + w] = x[from + c];
      }
    }
  }

  private void backwardRow(int n, int h, int length, int thread) {
    float[] dx = binding.inputGradient().data();
    float[] dy = binding.outputGradient().data();
    int to = binding.inputGradient().at(n, h, 0);
    int from = binding.outputGradient().at(n, 0, 0) + h * image.width();
    int pixels = image.height() * image.width();
    for (int w = 0; w < image.width(); w++, to += image.channels()) {
      for (int c = 0; c < image.channels(); c++) {
        dx[to + c] = dy[from + c * pixels + w];
      }
    }
  }
}
