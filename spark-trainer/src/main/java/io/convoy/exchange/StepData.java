package io.convoy.exchange;

import io.convoy.exchange.connect.FrameLayout;
import java.util.Arrays;

/**
 * What one step of a {@link PeerExchange} works on.
 *
 * @param step the number of the step
 * @param plan who computes which shards
 * @param vectors one sum for each of this rank's sub-trees
 * @param figures {@code figuresPerShard} figures for each shard, those of this rank filled
 * @param figuresPerShard K, at least 0
 * @param chunkFigures {@code figuresPerChunk} figures for each chunk, of each round; none where
 *     there are no rounds
 * @param figuresPerChunk K, 0 where there are no rounds
 * @param state the state vector of this rank
 */
record StepData(
    long step,
    StepPlan plan,
    float[][] vectors,
    double[] figures,
    int figuresPerShard,
    double[][] chunkFigures,
    int figuresPerChunk,
    float[] state) {

  /** How many times figures of chunks cross the wire. */
  int rounds() {
    return chunkFigures.length;
  }

  /** The figures of all chunks in a round. */
  double[] chunkFigures(int round) {
    return chunkFigures[round];
  }

  /**
   * Makes sure that it fits an exchange.
   *
   * @param rank whose data it is
   * @throws IllegalArgumentException if it does not
   */
  void requireFit(Ownership ownership, int rank) {
    int ranks = ownership.ranks();
    if (vectors.length != plan.nodesOf(rank)) {
      throw new IllegalArgumentException(
          "rank %s of %s has %s sub-trees of %s shards, given subtreeVectors.length=%s"
              .formatted(rank, ranks, plan.nodesOf(rank), plan.shards(), vectors.length));
    }
    int shortest = Math.min(state.length, shortestVector());
    if (shortest < ownership.stateLength()) {
      throw new IllegalArgumentException(
          "state and vectors must have %s floats at least, the shortest has %s"
              .formatted(ownership.stateLength(), shortest));
    }
    for (int peer = 0; ranks > 1 && peer < ranks; peer++) {
      requireOneFrameOfFigures(peer);
    }
  }

  private int shortestVector() {
    return Arrays.stream(vectors).mapToInt(vector -> vector.length).min().orElse(state.length);
  }

  private void requireOneFrameOfFigures(int peer) {
    long bytes = (long) plan.shardsOf(peer) * figuresPerShard * Double.BYTES;
    if (bytes > FrameLayout.MAXIMUM_PAYLOAD) {
      throw new IllegalArgumentException(
          "the figures of rank %s (%s shards with %s each) must fit into one frame of %s bytes"
              .formatted(peer, plan.shardsOf(peer), figuresPerShard, FrameLayout.MAXIMUM_PAYLOAD));
    }
  }
}
