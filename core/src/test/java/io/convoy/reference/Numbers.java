package io.convoy.reference;

/** Numbers for tests: a pure function of seed and index, by integer arithmetic (SplitMix64). */
public final class Numbers {
  private Numbers() {}

  /** 64 well mixed bits. */
  public static long bits(long seed, long index) {
    long z = seed * 0xD1342543DE82EF95L + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform over [-1, 1), a multiple of 2^-23. */
  public static float uniform(long seed, long index) {
    return (bits(seed, index) >>> 40) * 0x1p-23f - 1f;
  }

  /** {@code length} numbers of {@link #uniform}. */
  public static float[] array(long seed, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = uniform(seed, i);
    }
    return values;
  }

  /** An order of 0 to n-1 (Fisher and Yates). */
  public static int[] permutation(long seed, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = (int) Long.remainderUnsigned(bits(seed, i), i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
