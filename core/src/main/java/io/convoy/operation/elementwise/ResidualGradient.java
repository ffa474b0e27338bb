package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.tensor.Tensor;

/**
 * The gradient of a sum by one of its terms: that of the output, through the rectifier where the
 * fusion has one. It may be written over the output's gradient: masked twice, it stays the same.
 */
public final class ResidualGradient {
  private final Binding binding;
  private final Tensor target;
  private final boolean adds;

  /**
   * @param input whose gradient it is
   */
  public ResidualGradient(Binding binding, int input) {
    this.binding = binding;
    target = binding.inputGradients()[input];
    adds = binding.adds()[input];
  }

  /** Writes (or adds) {@code length} floats from the start of a row on. */
  public void pass(int n, int h, int length) {
    if (target == null) {
      return;
    }
    Tensor dy = binding.outputGradient();
    int from = dy.at(n, h, 0);
    int to = target.at(n, h, 0);
    if (binding.fusion().rectified()) {
      passRectified(n, h, from, to, length);
    } else if (adds) {
      binding.kernels().rows().add(dy.data(), from, target.data(), to, length);
    } else if (target != dy) {
      System.arraycopy(dy.data(), from, target.data(), to, length);
    }
  }

  private void passRectified(int n, int h, int from, int to, int length) {
    float[] y = binding.output().data();
    int yStart = binding.output().at(n, h, 0);
    float[] dy = binding.outputGradient().data();
    float[] dx = target.data();
    if (adds) {
      binding.kernels().fused().addReluGradient(y, yStart, dy, from, dx, to, length);
    } else {
      binding.kernels().activations().reluGradient(y, yStart, dy, from, dx, to, length);
    }
  }
}
