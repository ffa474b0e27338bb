package io.convoy.train;

import io.convoy.shard.ShardTree;

/**
 * Where the sums of one chunk lie that its owner makes new values of.
 *
 * @param chunk the index of the chunk
 * @param nodes sub-trees in ascending order of shards, which together cover all shards of the step;
 *     not to be altered
 * @param vectors where the sum of each node lies; not to be altered
 * @param offsets {@code vectors[i][offsets[i] + j]} is element j of the chunk in the sum of node i
 */
public record ChunkSums(int chunk, ShardTree.Node[] nodes, float[][] vectors, int[] offsets) {}
