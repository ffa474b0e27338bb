package io.convoy.operation.pooling;

import io.convoy.operation.Binding;
import io.convoy.operation.RowOperation;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/** The maximum over neighbouring channels; of equal ones the first has the gradient. */
public final class MaxoutOperation extends RowOperation {
  private final int pieces;

  /**
   * @param pieces channels that share a maximum
   */
  public MaxoutOperation(int pieces, Binding binding) {
    super(binding.input().shape(), binding);
    this.pieces = pieces;
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    int from = x.at(n, h, 0);
    int to = y.at(n, h, 0);
    for (int i = 0; i < length; i += pieces) {
      y.data()[to++] = x.data()[largest(x.data(), from + i)];
    }
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor dx = binding.inputGradient();
    Tensor dy = binding.outputGradient();
    int known = x.at(n, h, 0);
    int from = dy.at(n, h, 0);
    int to = dx.at(n, h, 0);
    Arrays.fill(dx.data(), to, to + length, 0f);
    for (int i = 0; i < length; i += pieces) {
      int winner = largest(x.data(), known + i) - known;
      dx.data()[to + winner] = dy.data()[from++];
    }
  }

  /** Where the first of the largest lies; a NaN is larger than any number. */
  private int largest(float[] x, int from) {
    int best = from;
    for (int i = from + 1; i < from + pieces && !Float.isNaN(x[best]); i++) {
      best = x[i] > x[best] || Float.isNaN(x[i]) ? i : best;
    }
    return best;
  }
}
