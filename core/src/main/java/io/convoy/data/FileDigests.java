package io.convoy.data;

import java.util.Arrays;

/** SHA-256 of files, by number; there may be a million of them. */
public final class FileDigests {
  /** None is known. */
  public static final FileDigests NONE = new FileDigests(new byte[0]);

  /** Bytes of each. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  /**
   * @param bytes of all of them, one behind the other; not copied
   */
  public FileDigests(byte[] bytes) {
    if (bytes.length % LENGTH != 0) {
      throw new IllegalArgumentException(
          "digests have %s bytes each; got %s".formatted(LENGTH, bytes.length));
    }
    this.bytes = bytes;
  }

  /** How many there are. */
  public int count() {
    return bytes.length / LENGTH;
  }

  /** That of a file. */
  public byte[] of(int index) {
    return Arrays.copyOfRange(bytes, index * LENGTH, (index + 1) * LENGTH);
  }

  /** All of them, one behind the other; not copied. */
  public byte[] bytes() {
    return bytes;
  }
}
