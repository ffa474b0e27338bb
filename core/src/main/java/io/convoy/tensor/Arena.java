package io.convoy.tensor;

import io.convoy.error.ConvoyException;

/**
 * Memory that is taken once, before the first step, and never given back: slabs of floats, handed
 * out at offsets that sit on a cache line.
 *
 * <p>The data of a large array start 16 bytes into a 64-byte line under G1 (a humongous object at
 * the start of a region, a header of 16 bytes); unaligned vectors cost 5 to 25 %, so every slice
 * starts 12 floats into a slab plus a multiple of 16.
 */
public final class Arena {
  private static final int LINE = 16;
  private static final int FIRST = 12;
  private static final int SLAB = 1 << 22;

  private float[] slab = new float[0];
  private int used;
  private long taken;

  /** Floats {@code offset} to {@code offset + length} of {@code data}, all zero. */
  public record Slice(float[] data, int offset, int length) {}

  /**
   * @throws ConvoyException when the slice exceeds what an array can hold
   */
  public Slice take(long length) {
    long padded = (Math.max(length, 1) + LINE - 1) / LINE * LINE;
    if (padded > Integer.MAX_VALUE - 1024) {
      throw ConvoyException.resource(
          "a buffer of %d floats is more than one array holds (2^31): use a smaller batch or more"
              + " shards",
          length);
    }
    if (used + padded > slab.length) {
      // a slab for itself where it is large, so that little of the last slab is wasted
      if (padded >= SLAB / 4) {
        taken += padded + FIRST + LINE;
        return new Slice(new float[(int) padded + FIRST + LINE], FIRST, (int) length);
      }
      slab = new float[Math.max(SLAB / 8, (int) padded + FIRST + LINE)];
      taken += slab.length;
      used = FIRST;
    }
    Slice slice = new Slice(slab, used, (int) length);
    used += (int) padded;
    return slice;
  }

  /** A zeroed tensor; a vector gets no halo. */
  public Tensor tensor(int capacity, Shape shape, int halo) {
    int framed = shape.isImage() ? halo : 0;
    long pixels = (shape.height() + 2L * framed) * (shape.width() + 2L * framed);
    // one line more: kernels load whole vectors past the last pixel of the last row
    Slice slice = take(capacity * pixels * shape.channels() + 4L * LINE);
    return new Tensor(slice.data(), slice.offset(), shape, capacity, framed);
  }

  /** Bytes taken so far. */
  public long bytes() {
    return taken * Float.BYTES;
  }
}
