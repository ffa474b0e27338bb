package io.convoy.exchange;

import io.convoy.shard.ShardTree;

/**
 * What the owner of a chunk does where its new values depend on all chunks: on the norm of the
 * whole gradient, say. Each chunk gives some figures first; when those of all chunks and the
 * figures of all shards are everywhere, the new values are made of them. All on the thread that
 * called {@link PeerExchange#stepInTwoPhases}, in this order:
 *
 * <ol>
 *   <li>{@link #measure} for each own chunk, ascending;
 *   <li>{@link #combine} once;
 *   <li>{@link #apply} for each own chunk, ascending.
 * </ol>
 */
public interface TwoPhaseOwner {
  /** K, the figures of a chunk: at least 1, the same at all ranks, at most 12,288. */
  int figuresPerChunk();

  /**
   * Finishes the tree over the shards for one chunk, keeps what {@link #apply} is going to need,
   * and takes the chunk's figures.
   *
   * @param chunk the index of the chunk
   * @param nodes the sub-trees of all ranks in ascending order of shards; together they cover all
   *     shards of the step. Not to be altered
   * @param vectors where the sum of each node lies; not to be altered, nor kept after the call
   * @param offsets {@code vectors[i][offsets[i] + j]} is element j of the chunk in the sum of node
   *     i
   * @param state the state vector of this rank, still as it was before the step
   * @param figures K for each chunk of the state; those from {@code K * chunk} on are to be set
   */
  void measure(
      int chunk,
      ShardTree.Node[] nodes,
      float[][] vectors,
      int[] offsets,
      float[] state,
      double[] figures);

  /**
   * All figures are there, those of the shards too: the same bits at all ranks. No chunk of the
   * state is altered yet, so an exception leaves it as it was.
   *
   * @param figures K for each chunk of the state, in the order of chunks
   */
  void combine(double[] figures);

  /**
   * Writes the new values of a measured chunk to {@code state[chunk.from, chunk.to)}.
   *
   * @param chunk the index of the chunk
   * @param state the state vector of this rank
   */
  void apply(int chunk, float[] state);
}
