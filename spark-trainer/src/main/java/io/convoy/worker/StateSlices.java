package io.convoy.worker;

import io.convoy.network.StateLayout.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A state on its way, cut into slices of at most {@value #SLICE} floats (32 MB): so no limit of
 * Spark's on a single message, result or buffer is met, however large the network.
 *
 * <p>What a rank sends back are the chunks that it owns: those of the weights, then those of each
 * optimizer slot, one after the other.
 */
public final class StateSlices {
  /** Floats of a slice at the most. */
  public static final int SLICE = 8 << 20;

  private StateSlices() {}

  /** Cuts an array. */
  public static List<float[]> cut(float[] array) {
    List<float[]> slices = new ArrayList<>();
    for (int from = 0; from < array.length; from += SLICE) {
      slices.add(Arrays.copyOfRange(array, from, Math.min(array.length, from + SLICE)));
    }
    return slices;
  }

  /** Puts an array together again. */
  public static float[] join(List<float[]> slices) {
    float[] array = new float[Math.toIntExact(slices.stream().mapToLong(s -> s.length).sum())];
    int to = 0;
    for (float[] slice : slices) {
      System.arraycopy(slice, 0, array, to, slice.length);
      to += slice.length;
    }
    return array;
  }

  /** The chunks that rank {@code rank} of {@code ranks} owns, of all arrays. */
  static List<float[]> owned(List<Chunk> chunks, int rank, int ranks, List<float[]> arrays) {
    long left = arrays.size() * floatsOf(chunks, rank, ranks);
    List<float[]> slices = new ArrayList<>();
    float[] slice = new float[0];
    int used = 0;
    for (float[] array : arrays) {
      for (int c = rank; c < chunks.size(); c += ranks) {
        for (int at = chunks.get(c).from(); at < chunks.get(c).to(); ) {
          if (used == slice.length) {
            slice = new float[(int) Math.min(SLICE, left)];
            slices.add(slice);
            left -= slice.length;
            used = 0;
          }
          int count = Math.min(chunks.get(c).to() - at, slice.length - used);
          System.arraycopy(array, at, slice, used, count);
          at += count;
          used += count;
        }
      }
    }
    return slices;
  }

  /** The number of slices that {@link #owned} gives. */
  public static int count(List<Chunk> chunks, int rank, int ranks, int arrays) {
    return (int) ((arrays * floatsOf(chunks, rank, ranks) + SLICE - 1) / SLICE);
  }

  /** Takes a rank's slices, one after the other, into the arrays. */
  public static final class Receiver {
    private final List<Chunk> chunks;
    private final int rank;
    private final int ranks;
    private final List<float[]> arrays;
    private int array;
    private int chunk;
    private int at;

    public Receiver(List<Chunk> chunks, int rank, int ranks, List<float[]> arrays) {
      this.chunks = chunks;
      this.rank = rank;
      this.ranks = ranks;
      this.arrays = arrays;
      this.chunk = rank;
      this.at = rank < chunks.size() ? chunks.get(rank).from() : 0;
    }

    public void accept(float[] slice) {
      for (int used = 0; used < slice.length; ) {
        int count = Math.min(chunks.get(chunk).to() - at, slice.length - used);
        System.arraycopy(slice, used, arrays.get(array), at, count);
        used += count;
        at += count;
        if (at == chunks.get(chunk).to()) {
          next();
        }
      }
    }

    private void next() {
      chunk += ranks;
      if (chunk >= chunks.size()) {
        array++;
        chunk = rank;
      }
      at = chunks.get(chunk).from();
    }
  }

  private static long floatsOf(List<Chunk> chunks, int rank, int ranks) {
    long floats = 0;
    for (int c = rank; c < chunks.size(); c += ranks) {
      floats += chunks.get(c).length();
    }
    return floats;
  }
}
