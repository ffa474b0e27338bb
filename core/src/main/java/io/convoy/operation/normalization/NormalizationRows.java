package io.convoy.operation.normalization;

import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Fusion;
import io.convoy.operation.elementwise.ResidualGradient;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;

/**
 * What a normalisation does with a row of pixels, alone or with the layers that are fused with it.
 */
final class NormalizationRows {
  private final Fusion fusion;
  private final Tensor x;
  private final Tensor y;
  private final Tensor residual;
  private final Tensor dx;
  private final Tensor dy;
  private final ResidualGradient residualGradient;
  private final Tensor ready;
  private final boolean rectifies;
  private final RowKernels kernels;
  private final FusedKernels fused;
  private final int channels;
  private final int length;
  private final float[] mean;
  private final float[] scale;
  private final float[] shift;
  private final float[] slope;
  private final float[] offset;

  NormalizationRows(Binding binding) {
    fusion = binding.fusion();
    x = binding.input();
    y = binding.output();
    residual = binding.residual();
    dx = binding.inputGradient();
    dy = binding.outputGradient();
    residualGradient = binding.residualGradient() == null ? null : new ResidualGradient(binding, 1);
    // where the residual's gradient is written, it is the rectified gradient, ready to be read
    boolean written = residualGradient != null && !binding.adds()[1];
    ready = written ? binding.residualGradient() : dy;
    rectifies = fusion.rectified() && !written;
    kernels = binding.kernels().rows();
    fused = binding.kernels().fused();
    channels = x.shape().channels();
    length = x.shape().width() * channels;
    Arena arena = binding.arena();
    mean = arena.floats(length);
    scale = arena.floats(length);
    shift = arena.floats(length);
    slope = arena.floats(binding.goesBackward() ? length : 0);
    offset = arena.floats(binding.goesBackward() ? length : 0);
  }

  /** The coefficients of a channel: {@code fma(x - mean, scale, shift)}. */
  void setForward(int channel, float mean, float scale, float shift) {
    this.mean[channel] = mean;
    this.scale[channel] = scale;
    this.shift[channel] = shift;
  }

  /** Repeats what {@link #setForward} was given for each pixel of a row. */
  void spreadForward() {
    spread(mean);
    spread(scale);
    spread(shift);
  }

  /** Those of its gradient: {@code fma(scale, g, fma(slope, x - mean, offset))}. */
  void setBackward(int channel, float slope, float offset) {
    this.slope[channel] = slope;
    this.offset[channel] = offset;
  }

  /** Repeats what {@link #setBackward} was given for each pixel of a row. */
  void spreadBackward() {
    spread(slope);
    spread(offset);
  }

  private void spread(float[] row) {
    for (int start = channels; start < length; start += channels) {
      System.arraycopy(row, 0, row, start, channels);
    }
  }

  /** The outputs of row h of image n. */
  void normalize(int n, int h) {
    int from = x.at(n, h, 0);
    int to = y.at(n, h, 0);
    if (!fusion.rectified()) {
      kernels.normalize(x.data(), from, mean, scale, shift, y.data(), to, length);
      return;
    }
    if (residual == null) {
      fused.normalizeRelu(x.data(), from, mean, scale, shift, y.data(), to, length);
      return;
    }
    int start = residual.at(n, h, 0);
    fused.normalizeAddRelu(
        x.data(), from, mean, scale, shift, residual.data(), start, y.data(), to, length);
  }

  /** Adds up a row's gradients and their products with the deviations, for each column. */
  void addProducts(int n, int h, float[] sums, float[] products) {
    int g = dy.at(n, h, 0);
    int from = x.at(n, h, 0);
    if (!fusion.rectified()) {
      kernels.addProducts(dy.data(), g, x.data(), from, mean, sums, products, length);
      return;
    }
    if (residual == null) {
      fused.addProductsNormalizeRelu(
          dy.data(), g, x.data(), from, mean, scale, shift, sums, products, length);
      return;
    }
    int to = y.at(n, h, 0);
    fused.addProductsRelu(y.data(), to, dy.data(), g, x.data(), from, mean, sums, products, length);
    passResidual(n, h);
  }

  /** The residual's gradients in a row, where there is one. */
  void passResidual(int n, int h) {
    if (residualGradient != null) {
      residualGradient.pass(n, h, length);
    }
  }

  /** The input's gradients in a row. */
  void gradient(int n, int h) {
    int g = ready.at(n, h, 0);
    int from = x.at(n, h, 0);
    int to = dx.at(n, h, 0);
    if (!rectifies) {
      kernels.normalizeGradient(
          ready.data(), g, x.data(), from, mean, scale, slope, offset, dx.data(), to, length);
      return;
    }
    if (residual == null) {
      fused.normalizeReluGradient(
          dy.data(), g, x.data(), from, mean, scale, shift, slope, offset, dx.data(), to, length);
      return;
    }
    int out = y.at(n, h, 0);
    fused.normalizeGradientRelu(
        y.data(), out, dy.data(), g, x.data(), from, mean, scale, slope, offset, dx.data(), to,
        length);
  }
}
