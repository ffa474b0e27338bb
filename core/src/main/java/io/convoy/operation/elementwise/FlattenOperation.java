package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.operation.RowOperation;
import io.convoy.tensor.Shape;

/** Flattens images: HWC to CHW, and back for the gradient. */
public final class FlattenOperation extends RowOperation {
  private final Shape image;

  public FlattenOperation(Binding binding) {
    super(binding.input().shape(), binding);
    image = binding.input().shape();
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
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

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
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
