package io.convoy.data.image.jpeg;

import java.util.Arrays;

/**
 * The entropy-coded data of one scan, without the zeros that are stuffed behind 0xFF, cut at the
 * restart markers (ITU-T T.81, B.1.1.5 and F.1.2.3).
 */
final class EntropyCodedData {
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  byte[] bytes = {};
  private int[] ends = new int[1];
  private int pieces;

  /**
   * Takes the data in.
   *
   * @param from the first byte behind the scan's header
   * @return where the marker behind the data begins; the file's end where there is none
   */
  int read(byte[] file, int from) {
    int needed = file.length - from + BitReader.SPARE_BYTES;
    if (bytes.length < needed) {
      bytes = new byte[needed];
    }
    pieces = 0;
    int length = 0;
    int position = from;
    while (true) {
      int next = indexOf255(file, position);
      System.arraycopy(file, position, bytes, length, next - position);
      length += next - position;
      int code = next;
      while (code < file.length && file[code] == (byte) 0xFF) {
        code++;
      }
      int marker = code < file.length ? file[code] & 0xFF : -1;
      if (marker == 0) {
        bytes[length++] = (byte) 0xFF;
        position = code + 1;
        continue;
      }
      finish(length);
      if (marker < 0xD0 || marker > 0xD7) {
        Arrays.fill(bytes, length, length + BitReader.SPARE_BYTES, (byte) 0);
        return marker < 0 ? file.length : code - 1;
      }
      if (marker != 0xD0 + (pieces - 1) % 8) {
        throw JpegDamage.damaged(
            "restart marker %s stands where %s should", marker - 0xD0, (pieces - 1) % 8);
      }
      position = code + 1;
    }
  }

  private void finish(int end) {
    if (pieces == ends.length) {
      ends = Arrays.copyOf(ends, 2 * pieces);
    }
    ends[pieces++] = end;
  }

  private static int indexOf255(byte[] file, int from) {
    int position = from;
    while (position + 8 <= file.length) {
      // a byte of the inverse that is zero borrows from its top bit
      long inverse = ~BitReader.eight(file, position);
      long zeros = (inverse - ONES) & ~inverse & TOPS;
      if (zeros != 0) {
        return position + (Long.numberOfLeadingZeros(highest(inverse)) >> 3);
      }
      position += 8;
    }
    while (position < file.length && file[position] != (byte) 0xFF) {
      position++;
    }
    return position;
  }

  /** The top bit of each byte that is zero, exactly. */
  private static long highest(long word) {
    long low = ~TOPS;
    return ~(((word & low) + low) | word | low);
  }

  /** Pieces between restart markers, at least 1. */
  int pieces() {
    return pieces;
  }

  /** Bytes of all pieces. */
  int length() {
    return ends[pieces - 1];
  }

  /** Turns a reader to a piece. */
  void open(int piece, BitReader reader) {
    if (piece >= pieces) {
      throw JpegDamage.damaged("its data end before the image is complete");
    }
    reader.start(bytes, piece == 0 ? 0 : ends[piece - 1], ends[piece]);
  }
}
