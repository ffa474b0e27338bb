package io.convoy.operation.normalization;

import io.convoy.kernel.FloatMath;
import io.convoy.operation.Binding;
import io.convoy.operation.RowOperation;
import io.convoy.tensor.Tensor;

/**
 * Local response normalisation over neighbouring channels of a pixel:
 *
 * <pre>
 *   s[c] = k + alpha / size · sum over j within size / 2 of c of x[j]²
 *   y[c] = x[c] s[c]^-beta
 *   dx[c] = dy[c] s[c]^-beta - 2 alpha beta / size · x[c] · sum over j of dy[j] x[j] s[j]^(-beta - 1)
 * </pre>
 *
 * <p>Sums run over the neighbours in ascending order.
 */
public final class LocalResponseOperation extends RowOperation {
  private final int reach;
  private final float share;
  private final float beta;
  private final float k;
  private final int channels;
  private final float[][] scales;
  private final float[][] powers;
  private final float[][] terms;

  /**
   * @param size neighbours, the channel itself among them; odd
   */
  public LocalResponseOperation(int size, float alpha, float beta, float k, Binding binding) {
    super(binding.input().shape(), binding);
    reach = size / 2;
    share = alpha / size;
    this.beta = beta;
    this.k = k;
    Tensor x = binding.input();
    channels = x.shape().channels();
    int threads = binding.pool().threads();
    scales = binding.arena().floats(threads, channels);
    powers = binding.arena().floats(threads, channels);
    terms = binding.arena().floats(threads, channels);
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    int from = x.at(n, h, 0);
    int to = y.at(n, h, 0);
    for (int i = 0; i < length; i += channels) {
      scale(x.data(), from + i, thread);
      for (int c = 0; c < channels; c++) {
        y.data()[to + i + c] = x.data()[from + i + c] * powers[thread][c];
      }
    }
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    float[] x = binding.input().data();
    float[] dy = binding.outputGradient().data();
    float[] dx = binding.inputGradient().data();
    int known = binding.input().at(n, h, 0);
    int from = binding.outputGradient().at(n, h, 0);
    int to = binding.inputGradient().at(n, h, 0);
    float[] term = terms[thread];
    for (int i = 0; i < length; i += channels) {
      scale(x, known + i, thread);
      float[] power = powers[thread];
      for (int c = 0; c < channels; c++) {
        term[c] = dy[from + i + c] * x[known + i + c] * power[c] / scales[thread][c];
      }
      for (int c = 0; c < channels; c++) {
        float sum = 0;
        for (int j = first(c); j < last(c); j++) {
          sum += term[j];
        }
        float own = -2 * share * beta * x[known + i + c];
        dx[to + i + c] = Math.fma(own, sum, dy[from + i + c] * power[c]);
      }
    }
  }

  /** Leaves s and {@code s^-beta} of a pixel. */
  private void scale(float[] x, int at, int thread) {
    float[] squares = terms[thread];
    for (int c = 0; c < channels; c++) {
      squares[c] = x[at + c] * x[at + c];
    }
    for (int c = 0; c < channels; c++) {
      float sum = 0;
      for (int j = first(c); j < last(c); j++) {
        sum += squares[j];
      }
      float scale = Math.fma(share, sum, k);
      scales[thread][c] = scale;
      powers[thread][c] = FloatMath.exp(-beta * FloatMath.log(scale));
    }
  }

  private int first(int c) {
    return Math.max(0, c - reach);
  }

  private int last(int c) {
    return Math.min(channels, c + reach + 1);
  }
}
