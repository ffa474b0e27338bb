package io.convoy.layer;

/** What one pass over a shard is about: filled anew by the caller for each shard. */
public final class Pass {
  private int samples;
  private boolean training;
  private long seed;
  private int epoch;
  private final long[] sampleIds;

  public Pass(int capacity) {
    sampleIds = new long[capacity];
  }

  /** A pass without training: dropout passes through, batch norm uses its moving averages. */
  public Pass inference(int samples) {
    this.samples = samples;
    this.training = false;
    return this;
  }

  /**
   * A training pass.
   *
   * @param seed of the run
   * @param epoch from 0
   * @param ids the data set's index of each sample, from {@code start} on: what dropout draws by
   */
  public Pass training(int samples, long seed, int epoch, int[] ids, int start) {
    this.samples = samples;
    this.training = true;
    this.seed = seed;
    this.epoch = epoch;
    for (int i = 0; i < samples; i++) {
      sampleIds[i] = ids[start + i];
    }
    return this;
  }

  public int samples() {
    return samples;
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
