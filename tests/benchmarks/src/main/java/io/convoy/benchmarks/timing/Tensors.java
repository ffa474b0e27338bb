package io.convoy.benchmarks.timing;

import io.convoy.tensor.Tensor;

/** Tensors filled from plain NHWC arrays, and read into them. */
public final class Tensors {
  private Tensors() {}

  /** Fills all samples. */
  public static void write(float[] values, Tensor tensor) {
    int length = tensor.runLength(tensor.capacity());
    for (int run = 0; run < tensor.runs(tensor.capacity()); run++) {
      System.arraycopy(values, run * length, tensor.data(), tensor.runStart(run), length);
    }
  }

  /** All samples. */
  public static float[] read(Tensor tensor) {
    int length = tensor.runLength(tensor.capacity());
    float[] values = new float[tensor.runs(tensor.capacity()) * length];
    for (int run = 0; run * length < values.length; run++) {
      System.arraycopy(tensor.data(), tensor.runStart(run), values, run * length, length);
    }
    return values;
  }
}
