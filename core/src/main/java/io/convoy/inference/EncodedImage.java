package io.convoy.inference;

import java.util.function.Supplier;

/**
 * An image's file, before it is decoded.
 *
 * @param name what results and errors call it; null where it has none
 * @param content gives its bytes, on a thread that decodes. A {@code ConvoyException} of kind DATA
 *     makes it an image that cannot be read, anything else ends the prediction
 * @param held bytes that are in memory already, at least 0
 */
public record EncodedImage(String name, Supplier<byte[]> content, long held) {
  /** A file that is in memory. */
  public static EncodedImage of(String name, byte[] bytes) {
    return new EncodedImage(name, () -> bytes, bytes.length);
  }

  /** A file that is read when its turn comes. */
  public static EncodedImage reading(String name, Supplier<byte[]> content) {
    return new EncodedImage(name, content, 0);
  }
}
