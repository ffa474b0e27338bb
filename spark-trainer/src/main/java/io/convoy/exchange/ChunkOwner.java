package io.convoy.exchange;

import io.convoy.shard.ShardTree;

/** What the owner of a chunk does once the sums of all ranks are there. */
@FunctionalInterface
public interface ChunkOwner {
  /**
   * Finishes the tree over the shards for one chunk and writes its new values to {@code
   * state[chunk.from, chunk.to)}. Called once for each own chunk and step, in ascending order of
   * chunks, on the thread that called {@link PeerExchange#step}.
   *
   * @param chunk the index of the chunk
   * @param nodes the sub-trees of all ranks in ascending order of shards; together they cover all
   *     shards of the step. Not to be altered
   * @param vectors where the sum of each node lies; not to be altered, nor kept after the call
   * @param offsets {@code vectors[i][offsets[i] + j]} is element j of the chunk in the sum of node
   *     i
   * @param state the state vector of this rank
   */
  void finish(int chunk, ShardTree.Node[] nodes, float[][] vectors, int[] offsets, float[] state);
}
