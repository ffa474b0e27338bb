package io.convoy.benchmarks.layers;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;

/**
 * The numbers of a problem, a function of its sizes alone: uniform in [-0.5, 0.5).
 *
 * @param input NHWC
 * @param weights OIHW, I the channels of a group; {@code [out, in]} for a dense layer
 * @param outputGradient NHWC
 */
public record Operands(float[] input, float[] weights, float[] outputGradient) {
  /** Drawn numbers, which repeat; a prime, so that no row or plane falls in with it. */
  private static final int DRAWN = 1_000_003;

  /** The numbers of a problem. */
  public static Operands of(Problem problem) {
    LayerShape shape = problem.shape();
    return new Operands(
        fill(problem.batch() * shape.inputs(), 1),
        fill(shape.weights(), 2),
        fill(problem.batch() * shape.outputs(), 3));
  }

  private static float[] fill(int length, long seed) {
    RandomStream random = new RandomStream(seed, Purpose.SYNTHETIC_DATA);
    float[] values = new float[length];
    int drawn = Math.min(length, DRAWN);
    for (int i = 0; i < drawn; i++) {
      values[i] = random.uniform(i) - 0.5f;
    }
    for (int from = drawn; from < length; from += drawn) {
      System.arraycopy(values, 0, values, from, Math.min(drawn, length - from));
    }
    return values;
  }
}
