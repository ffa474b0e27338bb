package io.convoy.exchange;

import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import java.util.ArrayList;
import java.util.List;

/**
 * Who computes what in a step of U shards: each rank its {@link Share} of them, which it sums up to
 * the maximal sub-trees of that range.
 */
final class StepPlan {
  private final int shards;
  private final int ranks;
  private final ShardTree.Node[] nodes;
  private final int[] firstNode;

  StepPlan(int shards, int ranks) {
    this.shards = shards;
    this.ranks = ranks;
    this.firstNode = new int[ranks + 1];
    List<ShardTree.Node> all = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      firstNode[rank] = all.size();
      all.addAll(Share.of(rank, shards, ranks).nodes(shards));
    }
    firstNode[ranks] = all.size();
    this.nodes = all.toArray(ShardTree.Node[]::new);
  }

  int shards() {
    return shards;
  }

  /** The first shard of a rank. */
  int firstShard(int rank) {
    return Share.start(rank, shards, ranks);
  }

  int shardsOf(int rank) {
    return Share.of(rank, shards, ranks).count();
  }

  /** The sub-trees of all ranks in ascending order of shards. */
  ShardTree.Node[] nodes() {
    return nodes;
  }

  /** The index of a rank's first sub-tree. */
  int firstNode(int rank) {
    return firstNode[rank];
  }

  /** How many sub-trees a rank has; 0 where it has no shard. */
  int nodesOf(int rank) {
    return firstNode[rank + 1] - firstNode[rank];
  }
}
