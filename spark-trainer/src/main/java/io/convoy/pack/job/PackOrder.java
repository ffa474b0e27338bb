package io.convoy.pack.job;

import io.convoy.digest.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The random order of a packed set: images go by their keys, and the range of keys is cut into
 * equal parts, one a file. A key is a function of seed and path alone; so the order does not depend
 * on who lists or computes what.
 *
 * @param files how many there are, a function of the bytes and the size of row groups
 */
record PackOrder(long seed, int files) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int KEY_BYTES = 16;
  private static final int GROUPS_OF_A_FILE = 16;

  /** Files that small sets have, so that several tasks share the work. */
  private static final int FEW_FILES = 8;

  private static final int MOST_FILES = 100_000;

  /**
   * The order of a set.
   *
   * @param bytes of all images, as the source says
   */
  static PackOrder of(long seed, long bytes, long groupBytes) {
    long groups = Math.max(1, (bytes + groupBytes - 1) / groupBytes);
    long files = Math.max(groups / GROUPS_OF_A_FILE, Math.min(FEW_FILES, groups));
    return new PackOrder(seed, (int) Math.min(MOST_FILES, files));
  }

  /** The key of an image. */
  byte[] key(String path) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    digest.update(path.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(digest.digest(), KEY_BYTES);
  }

  /** The file of an image, from 0. */
  int file(byte[] key) {
    long first = Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt());
    return (int) ((first * files) >>> Integer.SIZE);
  }
}
