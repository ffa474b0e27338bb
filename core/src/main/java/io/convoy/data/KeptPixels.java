package io.convoy.data;

import io.convoy.data.image.Pixels;
import io.convoy.tensor.Shape;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Decoded images of one shape, which stay in memory. Safe for several threads at once: two may put
 * the same image, as both have the same bytes.
 */
public final class KeptPixels {
  /** The most bytes that a set keeps; above it, each read decodes anew. */
  public static final long LIMIT = 1L << 30;

  private final Shape shape;
  private final byte[] pixels;
  // 1 once an image's bytes are there
  private final AtomicIntegerArray kept;

  private KeptPixels(Shape shape, int images) {
    this.shape = shape;
    pixels = new byte[shape.elements() * images];
    kept = new AtomicIntegerArray(images);
  }

  /**
   * Room for a set; none where it has more bytes than the limit, or than a quarter of the heap.
   *
   * @param shape of every image, {@code [height, width, channels]}
   */
  public static Optional<KeptPixels> of(Shape shape, int images, long limit) {
    long bytes = (long) shape.elements() * images;
    long most = Math.min(limit, Runtime.getRuntime().maxMemory() / 4);
    return bytes <= Math.min(most, Integer.MAX_VALUE - 64)
        ? Optional.of(new KeptPixels(shape, images))
        : Optional.empty();
  }

  /** Whether an image is here. */
  public boolean has(int index) {
    return kept.getAcquire(index) != 0;
  }

  /** Copies an image that is here. */
  public void read(int index, Pixels into) {
    int bytes = shape.elements();
    System.arraycopy(pixels, index * bytes, into.room(shape), 0, bytes);
  }

  /** Takes an image in, as it is stored. */
  public void put(int index, Pixels from) {
    if (!has(index)) {
      int bytes = shape.elements();
      System.arraycopy(from.bytes(), 0, pixels, index * bytes, bytes);
      kept.setRelease(index, 1);
    }
  }
}
