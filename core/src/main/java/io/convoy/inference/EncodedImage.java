package io.convoy.inference;

import java.util.function.Supplier;

/**
 * An image's file, before it is decoded.
 *
 * @param name what results and errors call it; null where it has none
 * @param content gives its bytes, on a thread that reads. A {@code ConvoyException} of kind DATA
 *     makes it an image that cannot be read, anything else ends the prediction
 * @param bytes how many these are, at least 0: those of images on their way are bounded
 * @param inMemory whether to give them takes no time
 */
public record EncodedImage(String name, Supplier<byte[]> content, long bytes, boolean inMemory) {
  /** What a file is taken for where nobody has asked for its length. */
  private static final long USUAL_BYTES = 1 << 20;

  /** A file that is in memory. */
  public static EncodedImage of(String name, byte[] bytes) {
    return new EncodedImage(name, () -> bytes, bytes.length, true);
  }

  /** A file that is read when its turn comes. */
  public static EncodedImage reading(String name, Supplier<byte[]> content, long bytes) {
    return new EncodedImage(name, content, bytes, false);
  }

  /** Likewise, of unknown length. */
  public static EncodedImage reading(String name, Supplier<byte[]> content) {
    return reading(name, content, USUAL_BYTES);
  }
}
