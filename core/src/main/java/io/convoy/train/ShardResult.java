package io.convoy.train;

import io.convoy.shard.Share;

/** The figures of a shard, as they cross the wire: {@value #FIGURES} doubles each. */
public final class ShardResult {
  /** Doubles per shard. */
  public static final int FIGURES = 3;

  static final int LOSS = 0;
  static final int CORRECT = 1;
  static final int FAULTY_NODE = 2;

  private ShardResult() {}

  /** Room for the figures of so many shards. */
  public static double[] figures(int shards) {
    return new double[shards * FIGURES];
  }

  /** Puts the figures of own shards among those of all: both have room for all of the step. */
  public static void merge(Share own, double[] figures, double[] all) {
    int first = own.from() * FIGURES;
    System.arraycopy(figures, first, all, first, own.count() * FIGURES);
  }
}
