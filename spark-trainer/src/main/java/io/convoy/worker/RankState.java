package io.convoy.worker;

import io.convoy.train.OwnedChunks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a rank owns of a state, left with Spark's block manager by one side and fetched by the
 * other: its chunks of each array of a {@link io.convoy.train.TrainingState}, one behind the other
 * and cut into slices. So the whole state crosses the driver's network once on its way out and once
 * on its way back, whatever the number of ranks.
 */
public final class RankState {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final int blocks;
  private final int rank;
  private final OwnedChunks owned;
  private final int arrays;
  private final int slice;

  /**
   * @param blocks tells this submission's blocks from all others of the application
   * @param rank whose chunks they are
   * @param owned that rank's chunks
   * @param arrays how many arrays the state has
   */
  public RankState(int blocks, int rank, OwnedChunks owned, int arrays) {
    this(blocks, rank, owned, arrays, StateSlices.SLICE);
  }

  RankState(int blocks, int rank, OwnedChunks owned, int arrays, int slice) {
    this.blocks = blocks;
    this.rank = rank;
    this.owned = owned;
    this.arrays = arrays;
    this.slice = slice;
  }

  /** A name for blocks that this driver has not given before. */
  public static int newBlocks() {
    return NAMES.getAndIncrement();
  }

  /** Leaves the rank's chunks of arrays that are laid out like the state. */
  public void leaveChunksOf(List<float[]> whole) {
    leave(whole.stream().map(owned::gather).toList());
  }

  /** Leaves arrays of own chunks. */
  void leave(List<float[]> own) {
    for (int i = 0; i < slices(); i++) {
      float[] values = new float[(int) Math.min(slice, floats() - start(i))];
      eachPart(
          i,
          values,
          (array, at, from, count) -> System.arraycopy(own.get(array), at, values, from, count));
      SliceBlocks.put(blocks, rank, i, values);
    }
  }

  /**
   * Fetches the arrays of own chunks.
   *
   * @throws io.convoy.error.ConvoyException of kind RESOURCE when they are gone
   */
  public List<float[]> fetch() {
    List<float[]> own = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      own.add(new float[owned.length()]);
    }
    for (int i = 0; i < slices(); i++) {
      float[] values = SliceBlocks.fetch(blocks, rank, i);
      eachPart(
          i,
          values,
          (array, at, from, count) -> System.arraycopy(values, from, own.get(array), at, count));
    }
    return own;
  }

  /**
   * Fetches the rank's chunks into arrays that are laid out like the state.
   *
   * @throws io.convoy.error.ConvoyException of kind RESOURCE when they are gone
   */
  public void fetchInto(List<float[]> whole) {
    for (int i = 0; i < slices(); i++) {
      float[] values = SliceBlocks.fetch(blocks, rank, i);
      eachPart(
          i,
          values,
          (array, at, from, count) -> owned.scatter(values, from, at, count, whole.get(array)));
    }
  }

  /** Has Spark forget what was left, wherever it lies; nothing happens where it is gone already. */
  public void forget() {
    for (int i = 0; i < slices(); i++) {
      SliceBlocks.forget(blocks, rank, i);
    }
  }

  /** The part of a slice that belongs to one array. */
  @FunctionalInterface
  private interface Part {
    /**
     * @param at where it lies in the array of own chunks
     * @param from where it lies in the slice
     */
    void visit(int array, int at, int from, int count);
  }

  private void eachPart(int index, float[] values, Part part) {
    for (int from = 0; from < values.length; ) {
      long position = start(index) + from;
      int at = (int) (position % owned.length());
      int count = Math.min(values.length - from, owned.length() - at);
      part.visit((int) (position / owned.length()), at, from, count);
      from += count;
    }
  }

  private long floats() {
    return (long) arrays * owned.length();
  }

  private long start(int index) {
    return (long) index * slice;
  }

  private int slices() {
    return (int) ((floats() + slice - 1) / slice);
  }
}
