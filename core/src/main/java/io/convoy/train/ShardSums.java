package io.convoy.train;

import io.convoy.shard.ShardTree;
import java.util.Map;

/**
 * What has come of a step's shards, of all or of those of one rank.
 *
 * @param nodes sub-trees in ascending order of shards
 * @param vectors the summed gradients (and combined moments) under each node, laid out like the
 *     state
 * @param figures {@link ShardFigures} of all shards of the step, those of own shards filled
 * @param deadShares what {@link io.convoy.health.DeadUnits} has found, where rank 0 is here and the
 *     step is one to look at; else empty
 */
public record ShardSums(
    ShardTree.Node[] nodes, float[][] vectors, double[] figures, Map<String, Double> deadShares) {
  /** Of a step that was not looked at. */
  public ShardSums(ShardTree.Node[] nodes, float[][] vectors, double[] figures) {
    this(nodes, vectors, figures, Map.of());
  }
}
