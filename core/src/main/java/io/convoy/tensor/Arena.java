package io.convoy.tensor;

import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that is taken once, before the first step, and never given back: slabs of floats, handed
 * out at offsets that sit on a cache line, and what operations need beside them. All of it is
 * counted; an arena for {@link #planning() planning} counts the same and takes nothing.
 *
 * <p>The data of a {@linkplain LargeArrays large array} start 16 bytes into a 64-byte line under G1
 * (at the start of a region, a header of 16 bytes); unaligned vectors cost 5 to 25 %, so every
 * slice starts 12 floats into a slab plus a multiple of 16.
 */
public final class Arena {
  /** Floats of a cache line. */
  static final int LINE = 16;

  private static final int FIRST = 12;
  private static final int SLAB = 1 << 22;

  private static final float[] NONE = {};
  private static final int[] NO_INTS = {};

  private final boolean planning;
  private final List<Scratch> scratch = new ArrayList<>();
  private final Scratch common;
  private float[] slab = NONE;
  private int slabLength;
  private int used;
  private long taken;

  /** Memory that is really taken. */
  public Arena() {
    this(false);
  }

  private Arena(boolean planning) {
    this.planning = planning;
    this.common = new Scratch(FIRST, planning);
  }

  /**
   * Counts what would be taken: slices and buffers have no data behind them. Operations can be
   * bound to it, not run.
   */
  public static Arena planning() {
    return new Arena(true);
  }

  /** Floats {@code offset} to {@code offset + length} of {@code data}, all zero. */
  public record Slice(float[] data, int offset, int length) {}

  /**
   * @throws ConvoyException when the slice exceeds what an array can hold
   */
  public Slice take(long length) {
    int padded = checkedLength(length);
    if ((long) used + padded > slabLength) {
      // a slab for itself where it is large, so that little of the last slab is wasted
      if (padded >= SLAB / 4) {
        return new Slice(large(padded + FIRST + LINE), FIRST, (int) length);
      }
      slabLength = Math.max(SLAB / 8, padded + FIRST + LINE);
      slab = large(slabLength);
      used = FIRST;
    }
    Slice slice = new Slice(slab, used, (int) length);
    used += padded;
    return slice;
  }

  /** The length in whole lines. */
  private static int checkedLength(long length) {
    long padded = (Math.max(length, 1) + LINE - 1) / LINE * LINE;
    if (padded > Integer.MAX_VALUE - 1024) {
      throw ConvoyException.resource(
          "a buffer of %d floats is more than one array holds (2^31): use a smaller batch or more"
              + " shards",
          length);
    }
    return (int) padded;
  }

  /**
   * Scratch memory for each of some threads, {@code length} floats at least; shared by all who ask.
   *
   * @throws ConvoyException when the length exceeds what an array can hold
   */
  public Scratch[] scratch(int threads, long length) {
    int checked = checkedLength(length);
    while (scratch.size() < threads) {
      scratch.add(new Scratch(FIRST, planning));
    }
    for (Scratch one : scratch.subList(0, threads)) {
      one.grow(checked);
    }
    return scratch.subList(0, threads).toArray(new Scratch[0]);
  }

  /**
   * Scratch memory that the threads of an operation have in common, {@code length} floats at least;
   * shared by all who ask.
   *
   * @throws ConvoyException when the length exceeds what an array can hold
   */
  public Scratch common(long length) {
    common.grow(checkedLength(length));
    return common;
  }

  /** A zeroed tensor; a vector gets no halo. */
  public Tensor tensor(int capacity, Shape shape, int halo) {
    Slice slice = take(tensorLength(capacity, shape, halo));
    return new Tensor(slice.data(), slice.offset(), shape, capacity, shape.isImage() ? halo : 0);
  }

  /**
   * Floats that a tensor takes, in whole lines: what distances between tensors of a {@link #region}
   * are made of.
   *
   * @throws ConvoyException when it exceeds what an array can hold
   */
  public static int tensorLength(int capacity, Shape shape, int halo) {
    int framed = shape.isImage() ? halo : 0;
    long pixels = (shape.height() + 2L * framed) * (shape.width() + 2L * framed);
    // kernels load whole vectors past a pixel's channels, and whole tiles past the last pixel
    long spare = (long) Tensor.SPARE_PIXELS * shape.channels() + 4L * LINE;
    return checkedLength(capacity * pixels * shape.channels() + spare);
  }

  /**
   * Memory for tensors at planned offsets, all zero at first.
   *
   * @param length floats of all tensors
   * @param slabLength floats of a slab at the most, a multiple of {@value #LINE}: no tensor lies
   *     across the end of one
   */
  public Region region(long length, int slabLength) {
    List<float[]> slabs = new ArrayList<>();
    for (long start = 0; start < length; start += slabLength) {
      slabs.add(large((int) Math.min(slabLength, length - start) + FIRST + LINE));
    }
    return new Region(slabs, slabLength, FIRST);
  }

  private float[] large(int length) {
    return floats(LargeArrays.length(length));
  }

  /** An array for itself, all zero: what is small, or read by one thread alone. */
  public float[] floats(int length) {
    taken += (long) length * Float.BYTES;
    return planning ? NONE : new float[length];
  }

  /** Rows of floats, all zero, such as one a thread. */
  public float[][] floats(int rows, int length) {
    float[][] array = new float[rows][];
    for (int row = 0; row < rows; row++) {
      array[row] = floats(length);
    }
    return array;
  }

  /** Whole numbers that passes write, all zero. */
  public int[] ints(int length) {
    taken += (long) length * Integer.BYTES;
    return planning ? NO_INTS : new int[length];
  }

  /** Whole numbers that are written as an operation is bound: there in planning, too. */
  public int[] table(int length) {
    taken += (long) length * Integer.BYTES;
    return new int[length];
  }

  /** Takes the scratch memory that has been asked for: when all operations are bound. */
  public void takeScratch() {
    scratch.forEach(Scratch::data);
    if (common.length() > 0) {
      common.data();
    }
  }

  /** Bytes taken so far, and those that scratch memory will take. */
  public long bytes() {
    long floats = common.taken() + scratch.stream().mapToLong(Scratch::taken).sum();
    return taken + floats * Float.BYTES;
  }
}
