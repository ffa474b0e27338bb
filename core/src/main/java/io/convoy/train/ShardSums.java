package io.convoy.train;

import io.convoy.shard.ShardTree;

/**
 * What has come of a step's shards, of all or of those of one rank.
 *
 * @param nodes sub-trees in ascending order of shards
 * @param vectors the summed gradients (and combined moments) under each node, laid out like the
 *     state
 * @param figures {@link ShardFigures} of all shards of the step, those of own shards filled
 */
public record ShardSums(ShardTree.Node[] nodes, float[][] vectors, double[] figures) {}
