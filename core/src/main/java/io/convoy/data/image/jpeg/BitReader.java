package io.convoy.data.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a piece of entropy-coded data from which stuffed bytes were taken out. Bits behind
 * the end are whatever stands there: {@link #requireNotPastEnd} tells, at least once a block.
 */
final class BitReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The most bytes that a block reads past the end before it is found out. */
  static final int SPARE_BYTES = 64 * 4 + 32;

  byte[] data;

  /** The next byte that is not in {@link #bits}. */
  int position;

  /** The next bits, from the top; below {@link #count} of them there may be more. */
  long bits;

  /** How many of the bits count. */
  int count;

  private int end;

  /** Turns to a piece; behind its end there are {@link #SPARE_BYTES} more in the array. */
  void start(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
    bits = 0;
    count = 0;
  }

  /** The 8 bytes from a place on. */
  static long eight(byte[] bytes, int from) {
    return (long) LONGS.get(bytes, from);
  }

  /** Brings at least 56 bits. */
  void fill() {
    bits |= eight(data, position) >>> count;
    position += (63 - count) >> 3;
    count |= 56;
  }

  /** The next bits, 1 to 16. */
  int take(int number) {
    if (count < number) {
      fill();
    }
    int taken = (int) (bits >>> (64 - number));
    drop(number);
    return taken;
  }

  void drop(int number) {
    bits <<= number;
    count -= number;
  }

  /** The entry of the next code, whose bits are taken. */
  int entry(HuffmanTable table) {
    if (count < 32) {
      fill();
    }
    int entry = table.entries[(int) (bits >>> (64 - HuffmanTable.BITS))];
    if (entry == 0) {
      entry = table.search((int) (bits >>> 48));
    }
    drop(entry & 0xFF);
    return entry;
  }

  /** Whole bytes that were not used. */
  int unusedBytes() {
    return Math.max(0, end - position + count / 8);
  }

  /** Refuses what was read past the end. */
  void requireNotPastEnd() {
    if (8L * position - count > 8L * end) {
      throw JpegDamage.damaged("its data end before the image is complete");
    }
  }
}
