package io.convoy.feed;

import io.convoy.data.RowGroups;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.recipe.Recipe;
import io.convoy.shard.Share;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which samples make up each shard of each step: a pure function of (row groups, batch size,
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
 * <p>A set that is read at random has row groups of one row each. What asks for rows is for one
 * thread at a time; the rest only counts.
 */
public final class BatchPlan {
  private final RowGroups rowGroups;
  private final int samples;
  private final int batchSize;
  private final int shards;
  private final long seed;
  private final WindowDraw draw;
  private int cachedEpoch = -1;

  /** The epoch's groups, one behind the other. */
  private int[] groups;

  /** Where each of these groups starts in the virtual sequence; null where each is one row. */
  private int[] groupStarts;

  /** Of each stream the window that it has come to, and the number of that window; -1 for none. */
  private int[][] windows;

  private int[] windowNumbers;

  /**
   * Over a set that is read at random.
   *
   * @param samples of the training set, at least 1
   * @param batchSize at least 1; more than {@code samples} means one batch an epoch
   */
  public BatchPlan(int samples, int batchSize, int shards, long seed) {
    this(RowGroups.single(samples), batchSize, shards, seed);
  }

  /** Over a set whose rows lie in groups. */
  public BatchPlan(RowGroups rowGroups, int batchSize, int shards, long seed) {
    this(rowGroups, batchSize, shards, seed, permutations(seed));
  }

  /** With windows that are drawn so. */
  BatchPlan(RowGroups rowGroups, int batchSize, int shards, long seed, WindowDraw draw) {
    this.rowGroups = rowGroups;
    this.samples = rowGroups.rows();
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

  /** For a recipe over so many samples that are read at random. */
  public static BatchPlan of(Recipe recipe, int samples) {
    return of(recipe, RowGroups.single(samples));
  }

  /** For a recipe over a set: without what is held back for validation. */
  public static BatchPlan of(Recipe recipe, RowGroups rowGroups) {
    return new BatchPlan(rowGroups, recipe.batchSize(), recipe.shards(), recipe.seed());
  }

  public long stepsPerEpoch() {
    return ((long) samples + batchSize - 1) / batchSize;
  }

  /** The steps of a recipe's whole training: all epochs, or {@code maxSteps} where that is less. */
  public long steps(Recipe recipe) {
    long all = allSteps(recipe);
    return recipe.maxSteps() == 0 ? all : Math.min(all, recipe.maxSteps());
  }

  /** The steps of all epochs of a recipe, which its schedule is laid out over. */
  public long allSteps(Recipe recipe) {
    return stepsPerEpoch() * recipe.epochs();
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
   * from 0 on.
   */
  public void indices(long step, int[] into) {
    forEachRow(
        step,
        (position, stream, row) ->
            into[position] = rowAt(streamStart(stream) + shuffled(stream, row)));
  }

  /** The window of each of the step's samples, in the batch's order. */
  WindowId[] windows(long step) {
    WindowId[] windows = new WindowId[batchSamples(step)];
    WindowId last = new WindowId(epoch(step), -1, -1);
    forEachRow(
        step,
        (position, stream, row) -> {
          int number = row / rowGroups.window();
          WindowId before = position == 0 ? last : windows[position - 1];
          windows[position] =
              before.stream() == stream && before.number() == number
                  ? before
                  : new WindowId(last.epoch(), stream, number);
        });
    return windows;
  }

  /** The rows of a window as they lie in the virtual sequence: neighbours stand together. */
  int[] rows(WindowId window) {
    prepare(window.epoch());
    int first = window.number() * rowGroups.window();
    int count = Math.min(rowGroups.window(), length(window.stream()) - first);
    int start = streamStart(window.stream()) + first;
    return IntStream.range(start, start + count).map(this::rowAt).toArray();
  }

  /** The window behind this one in its stream and epoch; empty where it is the last. */
  Optional<WindowId> next(WindowId window) {
    int number = window.number() + 1;
    return (long) number * rowGroups.window() < length(window.stream())
        ? Optional.of(new WindowId(window.epoch(), window.stream(), number))
        : Optional.empty();
  }

  /** Whether no step from {@code step} on takes a row from a window. */
  boolean isOver(WindowId window, long step) {
    if (window.epoch() != epoch(step)) {
      return window.epoch() < epoch(step);
    }
    int given = consumed(window.stream(), (int) (step % stepsPerEpoch() * batchSize));
    long end = (window.number() + 1L) * rowGroups.window();
    return given >= Math.min(end, length(window.stream()));
  }

  /** What is done with a step's rows, in the batch's order. */
  @FunctionalInterface
  private interface RowTaker {
    /**
     * @param position in the batch
     * @param row how many the stream has given before it in the epoch
     */
    void take(int position, int stream, int row);
  }

  private void forEachRow(long step, RowTaker taker) {
    prepare(epoch(step));
    int first = (int) (step % stepsPerEpoch() * batchSize);
    int batch = batchSamples(step);
    int next = 0;
    for (int stream = 0; stream < shards; stream++) {
      int to = consumed(stream, first + batch);
      for (int row = consumed(stream, first); row < to; row++) {
        taker.take(next++, stream, row);
      }
    }
  }

  /** The set's row at a place of the epoch's virtual sequence. */
  private int rowAt(int place) {
    if (groupStarts == null) {
      return groups[place];
    }
    int found = Arrays.binarySearch(groupStarts, place);
    int group = found >= 0 ? found : -found - 2; // the last that starts at or before it
    return rowGroups.start(groups[group]) + place - groupStarts[group];
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
      groups = random.permutation(rowGroups.count());
      groupStarts = rowGroups.count() == samples ? null : groupStarts();
      cachedEpoch = epoch;
      windows = new int[shards][];
      windowNumbers = new int[shards];
      Arrays.fill(windowNumbers, -1);
    }
  }

  private int[] groupStarts() {
    int[] starts = new int[groups.length];
    for (int i = 1; i < starts.length; i++) {
      int before = groups[i - 1];
      starts[i] = starts[i - 1] + rowGroups.start(before + 1) - rowGroups.start(before);
    }
    return starts;
  }

  /**
   * Each step takes rows of all streams, so each stream keeps its window: none is drawn twice while
   * steps follow each other. All windows together have at most as many rows as the set.
   */
  private int shuffled(int stream, int row) {
    int number = row / rowGroups.window();
    if (number != windowNumbers[stream]) {
      int rows = Math.min(rowGroups.window(), length(stream) - number * rowGroups.window());
      windows[stream] = draw.order(cachedEpoch, stream, number, rows);
      windowNumbers[stream] = number;
    }
    return number * rowGroups.window() + windows[stream][row % rowGroups.window()];
  }
}
