package io.convoy.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What an examination knows of a set's files, by number: the SHA-256 of each, and which are left
 * out. There may be a million of them.
 */
public final class FileDigests {
  /** None is known. */
  public static final FileDigests NONE = new FileDigests(new byte[0]);

  /** Bytes of each. */
  public static final int LENGTH = 32;

  /** What stands for a file that is left out; no file is known that has this SHA-256. */
  private static final byte[] LEFT_OUT = new byte[LENGTH];

  private final byte[] bytes;

  /**
   * @param bytes of all of them, one behind the other, zeros for a file that is left out; not
   *     copied
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

  /** Whether a file is left out, since it is damaged. */
  public boolean leavesOut(int index) {
    int from = index * LENGTH;
    return Arrays.equals(bytes, from, from + LENGTH, LEFT_OUT, 0, LENGTH);
  }

  /** Whether any file is left out. */
  public boolean leavesOutAny() {
    return IntStream.range(0, count()).anyMatch(this::leavesOut);
  }

  /** Those of the files that are not left out, in their order. */
  public FileDigests whole() {
    if (!leavesOutAny()) {
      return this;
    }
    ByteBuffer left = ByteBuffer.allocate(bytes.length);
    IntStream.range(0, count())
        .filter(index -> !leavesOut(index))
        .forEach(index -> left.put(bytes, index * LENGTH, LENGTH));
    return new FileDigests(Arrays.copyOf(left.array(), left.position()));
  }

  /** Which files are left out, as a text to compare with another; empty for none. */
  public String leftOutVersion() {
    if (!leavesOutAny()) {
      return "";
    }
    Fingerprint sum = new Fingerprint().add(count());
    IntStream.range(0, count()).filter(this::leavesOut).forEach(sum::add);
    return sum.hex();
  }

  /** All of them, one behind the other; not copied. */
  public byte[] bytes() {
    return bytes;
  }
}
