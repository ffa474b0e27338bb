package io.convoy.feed;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.recipe.Recipe;
import io.convoy.shard.Share;
import java.util.Arrays;

/**
 * Which samples make up each shard of each step: a pure function of (number of samples, batch size,
 * shards, seed, epoch, step). It is final: trained weights depend on it.
 *
 * <pre>
 *   epoch:    the data set's row groups in a random order: one virtual sequence of M rows
 *   stream v: rows floor(v M / V) to floor((v + 1) M / V) of it, shuffled in windows of W
 *   step:     the next b rows, taken from the streams in turn: stream 0, 1, … V - 1, 0, 1, …
 *   shard u:  samples floor(u b / U) to floor((u + 1) b / U) of the step's rows, ordered by stream
 * </pre>
 *
 * <p>Where V divides b, shard v holds rows of stream v alone. When b &lt; 2 V, only U = max(1,
 * floor(b / 2)) shards are used, else U = V. Every sample is used exactly once an epoch; the last
 * batch may be smaller.
 *
 * <p>A set that is read at random has row groups of one row each.
 */
public final class BatchPlan {
  /** Rows of a window. */
  static final int WINDOW = 4096;

  private final int samples;
  private final int batchSize;
  private final int shards;
  private final long seed;
  private final WindowDraw draw;
  private int cachedEpoch = -1;
  private int[] groups;

  /** Of each stream the window that it has come to, and the number of that window; -1 for none. */
  private int[][] windows;

  private int[] windowNumbers;

  /**
   * @param samples of the training set, at least 1
   * @param batchSize at least 1; more than {@code samples} means one batch an epoch
   */
  public BatchPlan(int samples, int batchSize, int shards, long seed) {
    this(samples, batchSize, shards, seed, permutations(seed));
  }

  /** With windows that are drawn so. */
  BatchPlan(int samples, int batchSize, int shards, long seed, WindowDraw draw) {
    this.samples = samples;
    this.batchSize = Math.min(batchSize, samples);
    this.shards = shards;
    this.seed = seed;
    this.draw = draw;
  }

  /** Draws the order of a window. */
  @FunctionalInterface
  interface WindowDraw {
    /**
     * @param number of the window in its stream, from 0
     * @param rows of the window
     * @return the order of 0 to rows - 1
     */
    int[] order(int epoch, int stream, int number, int rows);
  }

  static WindowDraw permutations(long seed) {
    return (epoch, stream, number, rows) -> {
      RandomStream random = new RandomStream(seed, Purpose.SHUFFLE_WINDOW, stream);
      random.at(epoch, number);
      return random.permutation(rows);
    };
  }

  /** For a recipe over so many samples: without those that are held back for validation. */
  public static BatchPlan of(Recipe recipe, int samples) {
    return new BatchPlan(samples, recipe.batchSize(), recipe.shards(), recipe.seed());
  }

  public long stepsPerEpoch() {
    return ((long) samples + batchSize - 1) / batchSize;
  }

  /** The epoch of a step, both from 0. */
  public int epoch(long step) {
    return Math.toIntExact(step / stepsPerEpoch());
  }

  /** Samples in the batch of a step. */
  public int batchSamples(long step) {
    long first = step % stepsPerEpoch() * batchSize;
    return (int) Math.min(batchSize, samples - first);
  }

  /** U, the number of shards that a step uses. */
  public int usedShards(long step) {
    return usedShards(batchSamples(step));
  }

  private int usedShards(int batch) {
    return batch < 2 * shards ? Math.max(1, batch / 2) : shards;
  }

  /** Where a shard starts within the batch; {@code shard} may be U, for the end of the last. */
  public int shardStart(long step, int shard) {
    int batch = batchSamples(step);
    return Share.start(shard, batch, usedShards(batch));
  }

  /** The most samples that a shard of any step has. */
  public int largestShard() {
    return mostSamples(1);
  }

  /** The most samples that so many neighbouring shards of any step have, at least 1. */
  public int mostSamples(int shards) {
    int most = 0;
    for (int batch : new int[] {batchSize, batchSamples(stepsPerEpoch() - 1)}) {
      int used = usedShards(batch);
      long together = (long) Math.min(shards, used) * batch;
      most = Math.max(most, (int) ((together + used - 1) / used));
    }
    return most;
  }

  /**
   * The data set's indices of the step's samples, in the batch's order; they go to {@code into}
   * from 0 on. One thread at a time.
   */
  public void indices(long step, int[] into) {
    int epoch = epoch(step);
    prepare(epoch);
    int first = (int) (step % stepsPerEpoch() * batchSize);
    int batch = batchSamples(step);
    int next = 0;
    for (int stream = 0; stream < shards; stream++) {
      int to = consumed(stream, first + batch);
      for (int row = consumed(stream, first); row < to; row++) {
        into[next++] = groups[streamStart(stream) + shuffled(stream, row)];
      }
    }
  }

  private int streamStart(int stream) {
    return Share.start(stream, samples, shards);
  }

  /**
   * Rows that a stream has given when {@code rows} rows were taken in turn. Streams differ in
   * length by one at most; in the last turn only the longer ones give.
   */
  private int consumed(int stream, int rows) {
    int common = samples / shards;
    if (rows < common * (long) shards) {
      return rows / shards + (stream < rows % shards ? 1 : 0);
    }
    int extra = rows - common * shards;
    int longerBefore = 0;
    for (int s = 0; s < stream; s++) {
      longerBefore += length(s) - common;
    }
    return common + (length(stream) > common && longerBefore < extra ? 1 : 0);
  }

  private int length(int stream) {
    return streamStart(stream + 1) - streamStart(stream);
  }

  private void prepare(int epoch) {
    if (epoch != cachedEpoch) {
      RandomStream random = new RandomStream(seed, Purpose.SHUFFLE_GROUPS);
      random.at(epoch, 0);
      groups = random.permutation(samples);
      cachedEpoch = epoch;
      windows = new int[shards][];
      windowNumbers = new int[shards];
      Arrays.fill(windowNumbers, -1);
    }
  }

  /**
   * Each step takes rows of all streams, so each stream keeps its window: none is drawn twice while
   * steps follow each other. All windows together have at most as many rows as the set.
   */
  private int shuffled(int stream, int row) {
    int number = row / WINDOW;
    if (number != windowNumbers[stream]) {
      int rows = Math.min(WINDOW, length(stream) - number * WINDOW);
      windows[stream] = draw.order(cachedEpoch, stream, number, rows);
      windowNumbers[stream] = number;
    }
    return number * WINDOW + windows[stream][row % WINDOW];
  }
}
