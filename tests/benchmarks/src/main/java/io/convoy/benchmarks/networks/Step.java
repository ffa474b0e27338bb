package io.convoy.benchmarks.networks;

/** A network in the hands of a {@link NetworkContender}. */
public interface Step extends AutoCloseable {
  /** Computes one batch. */
  void run();

  /**
   * The logits of the last batch, {@code [batch, classes]}.
   *
   * @throws UnsupportedOperationException where the step is no inference
   */
  default float[] logits() {
    throw new UnsupportedOperationException("no inference, so no logits");
  }

  @Override
  default void close() {}
}
