package io.convoy.operation.rearrangement;

import io.convoy.operation.Binding;
import io.convoy.operation.RowOperation;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Takes channels from other places: {@code y[.., c] = x[.., from[c]]}, and zero where {@code
 * from[c]} is {@link #ZERO}. A channel that is taken more than once has the sum of the gradients,
 * in the order of the outputs.
 */
public final class ChannelMapOperation extends RowOperation {
  /** In place of a channel: zeros. */
  public static final int ZERO = -1;

  private final int[] from;

  /**
   * @param from for each output channel, that of the input, or {@link #ZERO}
   */
  public ChannelMapOperation(int[] from, Binding binding) {
    super(binding.output().shape(), binding);
    this.from = from;
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    int channels = x.shape().channels();
    int in = x.at(n, h, 0);
    int out = y.at(n, h, 0);
    for (int end = out + length; out < end; out += from.length, in += channels) {
      for (int c = 0; c < from.length; c++) {
        y.data()[out + c] = from[c] == ZERO ? 0f : x.data()[in + from[c]];
      }
    }
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    Tensor dx = binding.inputGradient();
    Tensor dy = binding.outputGradient();
    int channels = dx.shape().channels();
    int in = dx.at(n, h, 0);
    int out = dy.at(n, h, 0);
    Arrays.fill(dx.data(), in, in + length, 0f);
    for (int end = in + length; in < end; in += channels, out += from.length) {
      for (int c = 0; c < from.length; c++) {
        if (from[c] != ZERO) {
          dx.data()[in + from[c]] += dy.data()[out + c];
        }
      }
    }
  }
}
