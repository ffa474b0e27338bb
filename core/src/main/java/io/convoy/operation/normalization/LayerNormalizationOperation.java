package io.convoy.operation.normalization;

import io.convoy.kernel.LaneSums;
import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Pass;
import io.convoy.operation.RowOperation;
import io.convoy.operation.gradient.BlockedGradient;
import io.convoy.operation.gradient.ChannelSums;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Normalisation of the channels of each pixel by their own mean and variance. With n = (x - mean) /
 * sqrt(variance + epsilon) and g = weight dy:
 *
 * <pre>
 *   dx = (g - mean of g - n · mean of (g n)) / sqrt(variance + epsilon)
 * </pre>
 */
public final class LayerNormalizationOperation extends RowOperation {
  private final float epsilon;
  private final boolean affine;
  private final int channels;
  private final RowKernels rows;
  private final LaneSums[] sums;
  private final float[][] normalized;
  private final float[][] scaled;
  private final float[] ones;
  private final BlockedGradient weightGradient;
  private final BlockedGradient biasGradient;
  private float[] state;

  /**
   * @param affine whether there are a weight and a bias for each channel
   */
  public LayerNormalizationOperation(float epsilon, boolean affine, Binding binding) {
    super(binding.input().shape(), binding);
    this.epsilon = epsilon;
    this.affine = affine;
    Tensor x = binding.input();
    channels = x.shape().channels();
    rows = binding.kernels().rows();
    int threads = binding.pool().threads();
    sums = Stream.generate(LaneSums::new).limit(threads).toArray(LaneSums[]::new);
    normalized = binding.arena().floats(threads, channels);
    scaled = binding.arena().floats(threads, channels);
    ones = binding.arena().floats(channels);
    Arrays.fill(ones, 1f);
    boolean trains = affine && binding.training();
    weightGradient = trains ? gradient(this::products) : null;
    biasGradient = trains ? gradient(this::gradients) : null;
  }

  private BlockedGradient gradient(ChannelSums.Row row) {
    Tensor x = binding.input();
    return new BlockedGradient(
        new ChannelSums(x.shape(), channels, row, binding), 4L * x.shape().elements(), binding);
  }

  @Override
  public void load(float[] state) {
    this.state = state;
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    // the input's gradient may be written over that of the output
    if (weightGradient != null) {
      weightGradient.run(pass, gradient, binding.offsets()[0]);
      biasGradient.run(pass, gradient, binding.offsets()[1]);
    }
    super.backward(pass, gradient);
  }

  /** Writes n of a pixel; gives {@code 1 / sqrt(variance + epsilon)}. */
  private float normalize(float[] x, int at, float[] to, int thread) {
    float mean = sums[thread].sum(x, at, channels) / channels;
    float variance = sums[thread].squares(x, at, mean, channels) / channels;
    float inverse = (float) (1 / Math.sqrt((double) variance + epsilon));
    for (int c = 0; c < channels; c++) {
      to[c] = (x[at + c] - mean) * inverse;
    }
    return inverse;
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    float[] x = binding.input().data();
    float[] y = binding.output().data();
    int from = binding.input().at(n, h, 0);
    int to = binding.output().at(n, h, 0);
    float[] pixel = normalized[thread];
    for (int i = 0; i < length; i += channels) {
      normalize(x, from + i, pixel, thread);
      if (affine) {
        scale(pixel, 0, y, to + i);
        rows.add(state, binding.offsets()[1], y, to + i, channels);
      } else {
        System.arraycopy(pixel, 0, y, to + i, channels);
      }
    }
  }

  private void scale(float[] pixel, int at, float[] to, int start) {
    float[] weights = affine ? state : ones;
    int weightsStart = affine ? binding.offsets()[0] : 0;
    rows.scale(pixel, at, weights, weightsStart, to, start, channels);
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    float[] x = binding.input().data();
    float[] dy = binding.outputGradient().data();
    float[] dx = binding.inputGradient().data();
    int known = binding.input().at(n, h, 0);
    int from = binding.outputGradient().at(n, h, 0);
    int to = binding.inputGradient().at(n, h, 0);
    float[] pixel = normalized[thread];
    float[] g = scaled[thread];
    for (int i = 0; i < length; i += channels) {
      float inverse = normalize(x, known + i, pixel, thread);
      scale(dy, from + i, g, 0);
      float mean = sums[thread].sum(g, 0, channels) / channels;
      float along = sums[thread].products(g, 0, pixel, 0, channels) / channels;
      for (int c = 0; c < channels; c++) {
        dx[to + i + c] = Math.fma(-along, pixel[c], g[c] - mean) * inverse;
      }
    }
  }

  private void products(int n, int h, float[] pixels, int thread) {
    Tensor x = binding.input();
    Tensor dy = binding.outputGradient();
    float[] pixel = normalized[thread];
    int known = x.at(n, h, 0);
    int from = dy.at(n, h, 0);
    for (int i = 0; i < x.shape().width() * channels; i += channels) {
      normalize(x.data(), known + i, pixel, thread);
      rows.scale(pixel, 0, dy.data(), from + i, pixels, i, channels);
    }
  }

  private void gradients(int n, int h, float[] pixels, int thread) {
    Tensor dy = binding.outputGradient();
    int length = dy.shape().width() * channels;
    System.arraycopy(dy.data(), dy.at(n, h, 0), pixels, 0, length);
  }
}
