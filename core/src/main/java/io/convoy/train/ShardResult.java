package io.convoy.train;

/** The figures of a shard, as they cross the wire: {@value #FIGURES} doubles each. */
public final class ShardResult {
  /** Doubles per shard. */
  public static final int FIGURES = 3;

  static final int LOSS = 0;
  static final int CORRECT = 1;
  static final int FAULTY_NODE = 2;

  private ShardResult() {}
}
