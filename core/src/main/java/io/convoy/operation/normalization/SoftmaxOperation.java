package io.convoy.operation.normalization;

import io.convoy.kernel.FloatMath;
import io.convoy.kernel.LaneSums;
import io.convoy.operation.Binding;
import io.convoy.operation.RowOperation;
import io.convoy.tensor.Tensor;
import java.util.stream.Stream;

/** The softmax over the channels of each pixel, or its logarithm. */
public final class SoftmaxOperation extends RowOperation {
  private final boolean logarithm;
  private final int channels;
  private final LaneSums[] sums;
  private final float[][] exponentials;

  /**
   * @param logarithm whether the output is the logarithm of the softmax
   */
  public SoftmaxOperation(boolean logarithm, Binding binding) {
    super(binding.input().shape(), binding);
    this.logarithm = logarithm;
    Tensor x = binding.input();
    channels = x.shape().channels();
    int threads = binding.pool().threads();
    sums = Stream.generate(LaneSums::new).limit(threads).toArray(LaneSums[]::new);
    exponentials = binding.arena().floats(threads, channels);
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    float[] x = binding.input().data();
    float[] y = binding.output().data();
    int from = binding.input().at(n, h, 0);
    int to = binding.output().at(n, h, 0);
    float[] e = exponentials[thread];
    for (int i = 0; i < length; i += channels) {
      float largest = x[from + i];
      for (int c = 1; c < channels; c++) {
        largest = Math.max(largest, x[from + i + c]);
      }
      for (int c = 0; c < channels; c++) {
        e[c] = FloatMath.exp(x[from + i + c] - largest);
      }
      float sum = sums[thread].sum(e, 0, channels);
      float logSum = logarithm ? FloatMath.log(sum) : 0;
      for (int c = 0; c < channels; c++) {
        y[to + i + c] = logarithm ? x[from + i + c] - largest - logSum : e[c] / sum;
      }
    }
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    float[] y = binding.output().data();
    float[] dy = binding.outputGradient().data();
    float[] dx = binding.inputGradient().data();
    int known = binding.output().at(n, h, 0);
    int from = binding.outputGradient().at(n, h, 0);
    int to = binding.inputGradient().at(n, h, 0);
    for (int i = 0; i < length; i += channels) {
      float sum =
          logarithm
              ? sums[thread].sum(dy, from + i, channels)
              : sums[thread].products(dy, from + i, y, known + i, channels);
      for (int c = 0; c < channels; c++) {
        float output = y[known + i + c];
        float arriving = dy[from + i + c];
        dx[to + i + c] =
            logarithm ? Math.fma(-FloatMath.exp(output), sum, arriving) : output * (arriving - sum);
      }
    }
  }
}
