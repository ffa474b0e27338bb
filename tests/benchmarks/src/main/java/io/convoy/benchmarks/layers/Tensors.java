package io.convoy.benchmarks.layers;

import io.convoy.tensor.Tensor;

/** Tensors filled from plain NHWC arrays, and read into them. */
final class Tensors {
  private Tensors() {}

  static void write(float[] values, Tensor tensor) {
    int length = tensor.runLength(tensor.capacity());
    for (int run = 0; run < tensor.runs(tensor.capacity()); run++) {
      System.arraycopy(values, run * length, tensor.data(), tensor.runStart(run), length);
    }
  }

  static float[] read(Tensor tensor) {
    int length = tensor.runLength(tensor.capacity());
    float[] values = new float[tensor.runs(tensor.capacity()) * length];
    for (int run = 0; run * length < values.length; run++) {
      System.arraycopy(tensor.data(), tensor.runStart(run), values, run * length, length);
    }
    return values;
  }
}
