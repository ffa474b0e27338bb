package io.convoy.operation;

import java.util.Arrays;

/**
 * What one pass is about: the samples of one shard or of several, shard behind shard. It is filled
 * anew by the caller for each pass.
 *
 * <p>What a layer sums or averages over samples, it does for each shard by itself; only the
 * gradients of parameters are then summed over the shards, along their tree.
 */
public final class Pass {
  private final long[] sampleIds;
  private final int[] shardOf;
  private final int[] starts;
  private int shards;
  private boolean training;
  private long seed;
  private int epoch;

  /**
   * @param capacity samples at the most
   */
  public Pass(int capacity) {
    sampleIds = new long[capacity];
    shardOf = new int[capacity];
    starts = new int[capacity + 1];
  }

  /** A pass without training: dropout passes through, batch norm uses its moving averages. */
  public Pass inference(int samples) {
    this.training = false;
    cut(0, samples);
    return this;
  }

  /**
   * A training pass over one shard.
   *
   * @param seed of the run
   * @param epoch from 0
   * @param ids the data set's index of each sample, from {@code start} on: what dropout draws by
   */
  public Pass training(int samples, long seed, int epoch, int[] ids, int start) {
    return training(seed, epoch, ids, start, start + samples);
  }

  /**
   * A training pass over neighbouring shards.
   *
   * @param seed of the run
   * @param epoch from 0
   * @param ids the data set's index of each sample: what dropout draws by
   * @param bounds where each shard starts in {@code ids}, and where the last one ends
   */
  public Pass training(long seed, int epoch, int[] ids, int... bounds) {
    this.training = true;
    this.seed = seed;
    this.epoch = epoch;
    cut(bounds);
    for (int i = 0; i < samples(); i++) {
      sampleIds[i] = ids[bounds[0] + i];
    }
    return this;
  }

  private void cut(int... bounds) {
    shards = bounds.length - 1;
    for (int shard = 0; shard < shards; shard++) {
      starts[shard + 1] = bounds[shard + 1] - bounds[0];
      Arrays.fill(shardOf, starts[shard], starts[shard + 1], shard);
    }
  }

  /** Samples of all shards. */
  public int samples() {
    return starts[shards];
  }

  public int shards() {
    return shards;
  }

  /** The first sample of a shard; of {@link #shards()} the end of the last. */
  public int start(int shard) {
    return starts[shard];
  }

  /** Samples of a shard. */
  public int samples(int shard) {
    return starts[shard + 1] - starts[shard];
  }

  /** The shard of a sample. */
  public int shardOf(int sample) {
    return shardOf[sample];
  }

  public boolean training() {
    return training;
  }

  public long seed() {
    return seed;
  }

  public int epoch() {
    return epoch;
  }

  public long sampleId(int i) {
    return sampleIds[i];
  }
}
