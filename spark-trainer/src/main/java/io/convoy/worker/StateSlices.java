package io.convoy.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays on their way, cut into slices of at most {@value #SLICE} floats (32 MB): so no limit of
 * Spark's on a single message, result or buffer is met, however large the network.
 */
public final class StateSlices {
  /** Floats of a slice at the most. */
  static final int SLICE = 8 << 20;

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
}
