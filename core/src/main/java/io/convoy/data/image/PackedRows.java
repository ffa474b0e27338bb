package io.convoy.data.image;

/** Samples of less than a byte, as BMP and TIFF pack them: the first in the highest bits. */
final class PackedRows {
  private PackedRows() {}

  /** The bytes of a row of so many bits. */
  static long bytes(long bits) {
    return (bits + 7) / 8;
  }

  /**
   * Unpacks a row.
   *
   * @param bits of a sample: 1, 2, 4 or 8
   * @param count samples
   */
  static void unpack(byte[] from, int offset, int bits, int count, byte[] to, int toOffset) {
    if (bits == 8) {
      System.arraycopy(from, offset, to, toOffset, count);
      return;
    }
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    for (int i = 0; i < count; i++) {
      int shift = 8 - bits * (i % perByte + 1);
      to[toOffset + i] = (byte) (from[offset + i / perByte] >> shift & mask);
    }
  }
}
