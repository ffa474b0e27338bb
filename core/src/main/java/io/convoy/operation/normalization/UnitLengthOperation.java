package io.convoy.operation.normalization;

import io.convoy.kernel.LaneSums;
import io.convoy.operation.Binding;
import io.convoy.operation.RowOperation;
import io.convoy.tensor.Tensor;
import java.util.stream.Stream;

/** The channels of each pixel, divided by their Euclidean length. */
public final class UnitLengthOperation extends RowOperation {
  private final float epsilon;
  private final int channels;
  private final LaneSums[] sums;

  /**
   * @param epsilon the least that is divided by
   */
  public UnitLengthOperation(float epsilon, Binding binding) {
    super(binding.input().shape(), binding);
    this.epsilon = epsilon;
    Tensor x = binding.input();
    channels = x.shape().channels();
    int threads = binding.pool().threads();
    sums = Stream.generate(LaneSums::new).limit(threads).toArray(LaneSums[]::new);
  }

  private float length(float[] x, int at, int thread) {
    return (float) Math.sqrt(sums[thread].squares(x, at, 0f, channels));
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    int from = x.at(n, h, 0);
    int to = y.at(n, h, 0);
    for (int i = 0; i < length; i += channels) {
      float divisor = Math.max(epsilon, length(x.data(), from + i, thread));
      binding.kernels().rows().divide(x.data(), from + i, divisor, y.data(), to + i, channels);
    }
  }

  /** {@code dx = (dy - y (y · dy)) / length}; {@code dy / epsilon} where that was divided by. */
  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    float[] x = binding.input().data();
    float[] dy = binding.outputGradient().data();
    float[] dx = binding.inputGradient().data();
    int known = binding.input().at(n, h, 0);
    int from = binding.outputGradient().at(n, h, 0);
    int to = binding.inputGradient().at(n, h, 0);
    for (int i = 0; i < length; i += channels) {
      float size = length(x, known + i, thread);
      float divisor = Math.max(epsilon, size);
      float along =
          size > epsilon
              ? sums[thread].products(x, known + i, dy, from + i, channels) / size / size
              : 0;
      for (int c = 0; c < channels; c++) {
        dx[to + i + c] = Math.fma(-along, x[known + i + c], dy[from + i + c]) / divisor;
      }
    }
  }
}
