package io.convoy.data.image.webp;

/**
 * The arithmetic decoder of RFC 6386, section 7, over one partition. It never reads behind the
 * partition's end.
 */
final class BoolReader {
  private final byte[] bytes;
  private final int end;
  private int position;
  private int value;
  private int range = 254;
  private int bits = -8;

  /**
   * @param start of the partition
   * @param end behind its last byte
   */
  BoolReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /**
   * A bit.
   *
   * @param probability of 0, in units of 1 / 256
   * @throws DamagedFrameException where the partition is over
   */
  int bit(int probability) {
    if (bits < 0) {
      load();
    }
    int split = (range * probability) >> 8;
    int bit = (value >> bits) > split ? 1 : 0;
    int left;
    if (bit == 1) {
      left = range - split;
      value -= (split + 1) << bits;
    } else {
      left = split + 1;
    }
    int shift = Integer.numberOfLeadingZeros(left) - 24;
    range = (left << shift) - 1;
    bits -= shift;
    return bit;
  }

  private void load() {
    if (position >= end) {
      throw new DamagedFrameException("its data end before its pixels do");
    }
    value = value << 8 | (bytes[position++] & 0xFF);
    bits += 8;
  }

  boolean flag() {
    return bit(128) == 1;
  }

  /** A number of some bits, the highest first. */
  int number(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = number << 1 | bit(128);
    }
    return number;
  }

  /** A number and its sign. */
  int signed(int count) {
    int number = number(count);
    return flag() ? -number : number;
  }

  /** A number and its sign where a flag says that it is there, else 0. */
  int optional(int count) {
    return flag() ? signed(count) : 0;
  }
}
