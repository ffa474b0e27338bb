package io.convoy.random;

/**
 * Random numbers at positions 0, 1, 2… of one (seed, purpose, epoch, sample). Reading a position
 * twice gives the same number. Not shared between threads: it keeps the last block it drew.
 */
public final class RandomStream {
  private final int[] block = new int[4];
  private int key0;
  private int key1;
  private int epoch;
  private int sampleLow;
  private int sampleHigh;
  private int cached;

  public RandomStream(long seed, Purpose purpose) {
    this(seed, purpose, 0);
  }

  /**
   * @param layer tells apart streams of one purpose, such as the dropout layers of a network
   */
  public RandomStream(long seed, Purpose purpose, int layer) {
    reset(seed, purpose, layer);
  }

  /** Turns to another seed, purpose or layer, at epoch 0 and sample 0. */
  public void reset(long seed, Purpose purpose, int layer) {
    // SplitMix64's finaliser: neighbouring seeds and layers get unrelated keys
    long key = seed + 0x9E3779B97F4A7C15L * (((long) purpose.code() << 32) + layer + 1);
    key = (key ^ (key >>> 30)) * 0xBF58476D1CE4E5B9L;
    key = (key ^ (key >>> 27)) * 0x94D049BB133111EBL;
    key ^= key >>> 31;
    key0 = (int) key;
    key1 = (int) (key >>> 32);
    at(0, 0);
  }

  /** Turns to the numbers of one sample in one epoch. */
  public void at(int epoch, long sample) {
    this.epoch = epoch;
    this.sampleLow = (int) sample;
    this.sampleHigh = (int) (sample >>> 32);
    this.cached = -1;
  }

  /** 32 random bits at a position from 0 on. */
  public int bits(int position) {
    int wanted = position >>> 2;
    if (wanted != cached) {
      Philox.block(wanted, sampleLow, sampleHigh, epoch, key0, key1, block);
      cached = wanted;
    }
    return block[position & 3];
  }

  /**
   * A whole number in [0, bound), by multiplication (Lemire 2019, without the rejection: the bias
   * is below bound / 2^32).
   */
  public int below(int bound, int position) {
    return (int) (((bits(position) & 0xFFFFFFFFL) * bound) >>> 32);
  }

  /** A float in [0, 1), a multiple of 2^-24. */
  public float uniform(int position) {
    return (bits(position) >>> 8) * 0x1p-24f;
  }

  /**
   * A standard normal number, by Box and Muller (1958) in double precision and StrictMath; takes
   * the bits at positions {@code 4 position} to {@code 4 position + 3}.
   */
  public double gaussian(int position) {
    int first = 4 * position;
    double u = (((long) bits(first) << 21 ^ (bits(first + 1) >>> 11)) & ((1L << 53) - 1)) * 0x1p-53;
    double v =
        (((long) bits(first + 2) << 21 ^ (bits(first + 3) >>> 11)) & ((1L << 53) - 1)) * 0x1p-53;
    return StrictMath.sqrt(-2 * StrictMath.log(1 - u)) * StrictMath.cos(2 * StrictMath.PI * v);
  }

  /** A random order of 0 to n-1 (Fisher and Yates; position i is drawn for step i). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
