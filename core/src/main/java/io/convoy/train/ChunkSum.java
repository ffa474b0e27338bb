package io.convoy.train;

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
   * @param nodes sub-trees in ascending order that together cover all shards of the step
   * @param vectors {@code vectors[i][offsets[i] + j]} is element j of the chunk in node i's sum
   */
  float[] sum(long step, Chunk chunk, ShardTree.Node[] nodes, float[][] vectors, int[] offsets) {
    ShardTree.Node root = ShardTree.root(plan.usedShards(step));
    reduce(step, chunk, root, 0, nodes, vectors, offsets);
    return levels[0];
  }

  /** Leaves the sum of a node in {@code levels[level]}. */
  private void reduce(
      long step,
      Chunk chunk,
      ShardTree.Node node,
      int level,
      ShardTree.Node[] nodes,
      float[][] vectors,
      int[] offsets) {
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i].from() == node.from() && nodes[i].to() == node.to()) {
        System.arraycopy(vectors[i], offsets[i], levels[level], 0, chunk.length());
        return;
      }
    }
    reduce(step, chunk, node.left(), level, nodes, vectors, offsets);
    reduce(step, chunk, node.right(), level + 1, nodes, vectors, offsets);
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
