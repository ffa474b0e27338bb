package io.convoy.execution;

import io.convoy.random.RandomStream;
import io.convoy.tensor.Tensor;

/** Values for passes that are compared or timed. */
public final class Noise {
  private Noise() {}

  /** Fills all samples of a tensor with values in [-0.5, 0.5): the same at each call. */
  public static void fill(Tensor tensor, RandomStream random) {
    int draw = 0;
    for (int run = 0; run < tensor.runs(tensor.capacity()); run++) {
      int start = tensor.runStart(run);
      for (int i = start; i < start + tensor.runLength(tensor.capacity()); i++) {
        tensor.data()[i] = random.uniform(draw++) - 0.5f;
      }
    }
  }
}
