package io.convoy.train;

import io.convoy.execution.Execution;
import io.convoy.feed.BatchPlan;
import io.convoy.network.Network;
import io.convoy.operation.PassCapacity;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import java.util.stream.IntStream;

/**
 * How many shards are computed in one pass: as many as leave its activations within a limit, of
 * those that a rank has to sum. Layers are faster over many samples, and the fewer the passes, the
 * fewer the vectors of gradients that are merged. It has no part in any result.
 */
final class ShardPasses {
  /** Bytes of activations and gradients up to which shards share a pass. */
  private static final long LIMIT = 1L << 30;

  private ShardPasses() {}

  /**
   * The capacity of the passes of a rank that computes its share of all shards.
   *
   * @param ranks N, at least 1
   */
  static PassCapacity capacity(Network network, BatchPlan plan, int ranks) {
    int used = plan.usedShards(0);
    int shards = largestNode(used, ranks);
    while (shards > 1 && Execution.activationBytes(network, plan.mostSamples(shards)) > LIMIT) {
      shards = Integer.highestOneBit(shards - 1);
    }
    return new PassCapacity(
        plan.mostSamples(shards), shards, plan.largestShard(), plan.batchSamples(0));
  }

  /** The most shards under one of the nodes that ranks have to sum. */
  private static int largestNode(int shards, int ranks) {
    return IntStream.range(0, ranks)
        .boxed()
        .flatMap(rank -> Share.of(rank, shards, ranks).nodes(shards).stream())
        .mapToInt(ShardTree.Node::shards)
        .max()
        .orElseThrow();
  }
}
