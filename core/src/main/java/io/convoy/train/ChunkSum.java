package io.convoy.train;

import io.convoy.feed.BatchPlan;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.Moments;
import io.convoy.shard.ShardTree;
import java.util.List;

/** Finishes the tree over the shards for one chunk after the other. */
final class ChunkSum {
  private final BatchPlan plan;
  private final float[][] levels;

  ChunkSum(BatchPlan plan, List<Chunk> chunks, int shards) {
    this.plan = plan;
    int longest = chunks.stream().mapToInt(Chunk::length).max().orElse(0);
    levels = new float[levels(shards)][longest];
  }

  /** Levels of the tree over so many shards, and one to spare. */
  static int levels(int shards) {
    return 2 + Integer.SIZE - Integer.numberOfLeadingZeros(shards);
  }

  /**
   * The sum over all shards of a step, gradients or moments; the caller's until the next call.
   *
   * @param sums of this chunk
   */
  float[] sum(long step, Chunk chunk, ChunkSums sums) {
    reduce(step, chunk, ShardTree.root(plan.usedShards(step)), 0, sums);
    return levels[0];
  }

  /** Leaves the sum of a node in {@code levels[level]}. */
  private void reduce(long step, Chunk chunk, ShardTree.Node node, int level, ChunkSums sums) {
    for (int i = 0; i < sums.nodes().length; i++) {
      if (sums.nodes()[i].equals(node)) {
        float[] vector = sums.vectors()[i];
        System.arraycopy(vector, sums.offsets()[i], levels[level], 0, chunk.length());
        return;
      }
    }
    reduce(step, chunk, node.left(), level, sums);
    reduce(step, chunk, node.right(), level + 1, sums);
    float[] left = levels[level];
    float[] right = levels[level + 1];
    switch (chunk.kind()) {
      case GRADIENT -> {
        for (int i = 0; i < chunk.length(); i++) {
          left[i] += right[i];
        }
      }
      case MOMENTS -> {
        int start = plan.shardStart(step, node.from());
        int middle = plan.shardStart(step, node.middle());
        int end = plan.shardStart(step, node.to());
        Moments.merge(
            left,
            0,
            (long) (middle - start) * chunk.positions(),
            right,
            0,
            (long) (end - middle) * chunk.positions(),
            chunk.length() / 2);
      }
    }
  }
}
