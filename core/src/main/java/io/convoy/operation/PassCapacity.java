package io.convoy.operation;

/**
 * What one {@link Pass} may hold at the most.
 *
 * @param samples of all shards together
 * @param shards whose samples lie one behind the other
 * @param shardSamples of the largest shard
 * @param batchSamples of all shards of a batch, whoever computes them: with {@code shardSamples}
 *     what decides how layers are computed in training, whatever a pass has room for
 */
public record PassCapacity(int samples, int shards, int shardSamples, int batchSamples) {
  /** For a batch of one shard. */
  public static PassCapacity of(int samples) {
    return new PassCapacity(samples, 1, samples, samples);
  }
}
