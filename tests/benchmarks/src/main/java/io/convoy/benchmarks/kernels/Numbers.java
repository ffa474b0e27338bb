package io.convoy.benchmarks.kernels;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Arena;

/**
 * Operands of kernels, uniform in [-0.5, 0.5): tensors out of an {@link Arena}, as in a training,
 * since loads across cache lines would cost up to a quarter; coefficients as arrays of their own.
 */
final class Numbers {
  private Numbers() {}

  static Arena.Slice tensor(Arena arena, int length) {
    Arena.Slice slice = arena.take(length);
    fill(slice.data(), slice.offset(), length);
    return slice;
  }

  static float[] row(int length) {
    float[] values = new float[length];
    fill(values, 0, length);
    return values;
  }

  private static void fill(float[] values, int from, int length) {
    RandomStream random = new RandomStream(1, Purpose.SYNTHETIC_DATA);
    for (int i = 0; i < length; i++) {
      values[from + i] = random.uniform(i) - 0.5f;
    }
  }
}
