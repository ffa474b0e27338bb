package io.convoy.tensor;

/**
 * Memory of one thread, or of all in common, that lasts for one pass of one operation: the
 * operations of an arena share it, since one runs at a time. What it holds when a pass begins means
 * nothing.
 */
public final class Scratch {
  /** Where aligned slices start in a large array: see {@link Arena}. */
  private final int first;

  private final boolean planning;
  private int length;
  private float[] data;

  Scratch(int first, boolean planning) {
    this.first = first;
    this.planning = planning;
  }

  /** The least length, of at least so many floats, after which a part begins on a cache line. */
  public static int aligned(int length) {
    return (length + Arena.LINE - 1) / Arena.LINE * Arena.LINE;
  }

  /** Floats that operations have asked for, at the most. */
  int length() {
    return length;
  }

  /** Floats that it takes. */
  int taken() {
    return length == 0 ? 0 : LargeArrays.length(first + length);
  }

  void grow(int wanted) {
    if (data != null) {
      throw new IllegalStateException("scratch memory is asked for before the first pass");
    }
    length = Math.max(length, wanted);
  }

  /** The array; taken when it is first used, or by {@link Arena#takeScratch}. */
  public float[] data() {
    if (data == null) {
      data = new float[planning ? 0 : taken()];
    }
    return data;
  }

  /** The index at which an operation's floats begin. */
  public int offset() {
    return first;
  }
}
