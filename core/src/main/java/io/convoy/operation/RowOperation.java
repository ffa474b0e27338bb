package io.convoy.operation;

import io.convoy.tensor.Shape;

/**
 * An operation that works on one row of an image after the other, each by itself: threads share
 * them out.
 */
public abstract class RowOperation implements Operation {
  protected final Binding binding;
  private final RowBlocks forward;
  private final RowBlocks backward;

  /**
   * @param forwardRows the shape whose rows a forward pass goes through; a backward pass goes
   *     through those of the input
   */
  protected RowOperation(Shape forwardRows, Binding binding) {
    this.binding = binding;
    forward = RowBlocks.rowByRow(binding.pool(), forwardRows, this::forwardRow);
    backward = RowBlocks.rowByRow(binding.pool(), binding.input().shape(), this::backwardRow);
  }

  /**
   * Writes outputs.
   *
   * @param n the image
   * @param h the row
   * @param length floats of the row
   * @param thread who works
   */
  protected abstract void forwardRow(int n, int h, int length, int thread);

  /** Writes a row of the input's gradient, likewise. */
  protected abstract void backwardRow(int n, int h, int length, int thread);

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
}
