package io.convoy.benchmarks.networks;

/** A network in the hands of a {@link NetworkContender}. */
public interface Step extends AutoCloseable {
  /** Computes one batch. */
  void run();

  /** The logits of the last batch, {@code [batch, classes]}; only in inference. */
  float[] logits();

  @Override
  default void close() {}
}
