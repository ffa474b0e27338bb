package io.convoy.data.image.jpeg;

import java.util.Arrays;

/**
 * A Huffman table (ITU-T T.81, annex C and F.2.2.3), laid out to be looked up by the next bits of
 * the data. Most entries give a whole coefficient at once: its run of zeros, its value, and how
 * many bits it took.
 *
 * <p>An entry, from its low bits: 8 bits of length, the bits that it takes; 4 bits of size, the
 * further bits that the value takes; 4 bits of run; 16 bits of value, where the value's bits lay
 * within reach. A code longer than {@link #BITS} has the entry 0: it is {@link #search}ed.
 */
final class HuffmanTable {
  /** Bits that the table is looked up by. */
  static final int BITS = 11;

  private static final int LENGTHS = 16;

  /** Entries, by the next {@link #BITS} bits. */
  final int[] entries = new int[1 << BITS];

  /** How many codes there are of each length from 1 on, then the values: as a file has it. */
  private final byte[] definition;

  /** The first number of 16 bits that is above all codes of a length or shorter, by length. */
  private final int[] limits = new int[LENGTHS + 1];

  /** What is added to a code of a length to get the place of its value. */
  private final int[] offsets = new int[LENGTHS + 1];

  /**
   * @param definition 16 counts, then as many values
   */
  HuffmanTable(byte[] definition) {
    this.definition = definition;
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LENGTHS; length++) {
      int count = definition[length - 1] & 0xFF;
      offsets[length] = LENGTHS + place - code;
      for (int i = 0; i < count; i++, code++, place++) {
        if (code >= 1 << length) {
          throw JpegDamage.damaged("a Huffman table has more codes than fit %s bits", length);
        }
        if (length <= BITS) {
          enter(code, length, definition[LENGTHS + place] & 0xFF);
        }
      }
      limits[length] = code << (LENGTHS - length);
      code <<= 1;
    }
  }

  private void enter(int code, int length, int symbol) {
    int run = symbol >> 4;
    int size = symbol & 15;
    int free = BITS - length;
    int first = code << free;
    if (size == 0 || size > free) {
      Arrays.fill(entries, first, first + (1 << free), run << 12 | size << 8 | length);
      return;
    }
    int rest = free - size;
    for (int bits = 0; bits < 1 << size; bits++) {
      int entry = extend(bits, size) << 16 | run << 12 | length + size;
      int from = first + (bits << rest);
      Arrays.fill(entries, from, from + (1 << rest), entry);
    }
  }

  /** The number that so many bits stand for (ITU-T T.81, figure F.12). */
  static int extend(int bits, int size) {
    return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
  }

  /**
   * The entry of a code that is longer than the table reaches.
   *
   * @param next the next 16 bits
   */
  int search(int next) {
    for (int length = BITS + 1; length <= LENGTHS; length++) {
      if (next < limits[length]) {
        int symbol = definition[(next >> (LENGTHS - length)) + offsets[length]] & 0xFF;
        return symbol << 8 | length;
      }
    }
    throw JpegDamage.damaged("its data hold a code that their Huffman table lacks");
  }

  /** Whether a file's definition is that of this table. */
  boolean isDefinedBy(byte[] other) {
    return Arrays.equals(definition, other);
  }

  /** For a table of differences of DC: refuses sizes that no difference has. */
  void requireSizesOnly() {
    for (int place = LENGTHS; place < definition.length; place++) {
      if ((definition[place] & 0xFF) > 15) {
        throw JpegDamage.damaged(
            "a Huffman table for DC has the value %s, above 15", definition[place] & 0xFF);
      }
    }
  }
}
