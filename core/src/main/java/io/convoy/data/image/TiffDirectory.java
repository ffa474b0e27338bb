package io.convoy.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF: its entries, none of which is followed before it is asked for.
 *
 * @param entries where each lies in the file, by its tag
 */
record TiffDirectory(FileBytes file, Map<Integer, Long> entries) {
  private static final int ENTRY = 12;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  static TiffDirectory read(FileBytes file) {
    long start = file.u32(4);
    int count = file.u16(start);
    file.require(start + 2, (long) count * ENTRY);
    Map<Integer, Long> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      long at = start + 2 + (long) i * ENTRY;
      entries.putIfAbsent(file.u16(at), at);
    }
    return new TiffDirectory(file, entries);
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /**
   * A copy of the file with a directory of these entries, and no other.
   *
   * @param tags those that are not there are left out
   */
  byte[] reduced(Set<Integer> tags) {
    List<Integer> kept = tags.stream().filter(this::has).sorted().toList();
    int start = file.length() + file.length() % 2;
    ByteBuffer copy =
        ByteBuffer.allocate(start + 2 + ENTRY * kept.size() + 4)
            .order(file.little() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    copy.put(file.bytes()).putInt(4, start).position(start);
    copy.putShort((short) kept.size());
    kept.forEach(tag -> copy.put(file.bytes(), Math.toIntExact(entries.get(tag)), ENTRY));
    return copy.array();
  }

  /** The first number of an entry that must be there: a height or width, at least 1. */
  int size(int tag) {
    long size = number(tag);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw file.damaged("tag %s, a size, is %s".formatted(tag, size));
    }
    return (int) size;
  }

  /** The first number of an entry. */
  long number(int tag, long standard) {
    return has(tag) ? numbers(tag)[0] : standard;
  }

  /** The first number of an entry that must be there. */
  long number(int tag) {
    return numbers(tag)[0];
  }

  /** All numbers of an entry: at least one. */
  long[] numbers(int tag) {
    Long at = entries.get(tag);
    if (at == null) {
      throw file.damaged("tag %s is missing".formatted(tag));
    }
    int type = file.u16(at + 2);
    long count = file.u32(at + 4);
    int bytes =
        switch (type) {
          case BYTE -> 1;
          case SHORT -> 2;
          case LONG -> 4;
          default -> throw file.damaged("tag %s is of type %s".formatted(tag, type));
        };
    if (count == 0) {
      throw file.damaged("tag %s is empty".formatted(tag));
    }
    long start = count * bytes <= 4 ? at + 8 : file.u32(at + 8);
    file.require(start, count * bytes);
    long[] numbers = new long[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      long from = start + (long) i * bytes;
      numbers[i] =
          switch (bytes) {
            case 1 -> file.u8(from);
            case 2 -> file.u16(from);
            default -> file.u32(from);
          };
    }
    return numbers;
  }
}
