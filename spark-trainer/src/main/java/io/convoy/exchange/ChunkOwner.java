package io.convoy.exchange;

import io.convoy.train.ChunkSums;
import java.util.List;

/** What the owner of chunks does once the sums of all ranks are there. */
@FunctionalInterface
public interface ChunkOwner {
  /**
   * Finishes the tree over the shards for some chunks and writes the new values of each to {@code
   * state[chunk.from, chunk.to)}. Each own chunk comes once a step, in ascending order, with those
   * whose sums are there as well; all calls are on the thread that called {@link
   * PeerExchange#step}, and the owner may share the chunks of a call out among threads of its own.
   *
   * <p>The figures of all shards are there by the first call.
   *
   * @param chunks where the sums of all ranks lie; not to be kept after the call
   * @param state the state vector of this rank
   */
  void finish(List<ChunkSums> chunks, float[] state);
}
