package io.convoy.operation.gradient;

import io.convoy.operation.Pass;

/**
 * A gradient of weights in blocks, each of which one thread can sum while it lies in the cache. The
 * sum runs over units (pixels, rows or tiles, numbered sample by sample), chunk by chunk.
 */
public interface GradientBlocks {
  /** Blocks of parts for each thread: so that those which are done early find more. */
  int ENOUGH = 4;

  /** Blocks that together make the gradient. */
  int blocks();

  /** How many blocks, and parts of blocks, threads need to share out the work evenly. */
  default int enough(int threads) {
    return threads == 1 ? 1 : ENOUGH * threads;
  }

  /** Floats that a block takes while it is summed. */
  int blockFloats();

  /** Floats behind a block that {@link #sum} may write, too; they mean nothing. */
  default int spareFloats() {
    return 0;
  }

  /** Floats of a thread's scratch memory that {@link #sum} works in, from its start on. */
  int scratchFloats();

  /** Units of a sample. */
  int units();

  /** Units of a chunk. */
  int chunk();

  /**
   * Into how many pieces a shard's chunks are cut at the most, each summed by itself: so threads
   * find work where blocks are few. It follows from the shape alone.
   */
  int pieces();

  /** Begins a pass. */
  default void begin(Pass pass) {}

  /**
   * Sums some units of one shard for a block.
   *
   * @param from the first unit, where a chunk begins
   * @param until the unit after the last
   * @param adds whether the sum, made from zero, is added to what stands in {@code to}: only where
   *     it is of one chunk
   */
  void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread);

  /**
   * Sums a pass whose shards are of one chunk each straight to a block's OIHW places: then the
   * block need not be made aside.
   *
   * @return whether that was possible; nothing is written if not
   */
  default boolean sumInPlace(int block, Pass pass, float[] target, int offset, int thread) {
    return false;
  }

  /** Writes a block to its OIHW places. */
  void store(int block, float[] sum, int start, float[] target, int offset);
}
