package io.convoy.benchmarks.layers;

/** A problem in the hands of a {@link Contender}. */
public interface Workload extends AutoCloseable {
  /**
   * Computes a direction once.
   *
   * @return how long the computation took, in nanoseconds: without conversions that a network which
   *     keeps to the library's own layouts would not have to do
   */
  long nanos(Direction direction);

  /**
   * Does once what a direction needs anew each time that the weights change, and how long that
   * took, in nanoseconds; 0 where there is nothing, or where it is part of {@link #nanos}.
   */
  default long packingNanos(Direction direction) {
    return 0;
  }

  /**
   * The result of the direction that was computed last: NHWC for activations, OIHW (or {@code [out,
   * in]}) for weights.
   */
  float[] result(Direction direction);

  @Override
  default void close() {}
}
