package io.convoy.benchmarks.kernels;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;

/** Operands of kernels: uniform in [-0.5, 0.5). */
final class Numbers {
  private Numbers() {}

  static float[] uniform(int length) {
    RandomStream random = new RandomStream(1, Purpose.SYNTHETIC_DATA);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.uniform(i) - 0.5f;
    }
    return values;
  }
}
