package io.convoy.data.image.jpeg;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands between the length of a marker's segment and the segment's end; indices from 0. */
final class Segment {
  private final byte[] file;
  private final int start;
  private final int end;

  /**
   * @param end behind its last byte, within the file
   */
  Segment(byte[] file, int start, int end) {
    this.file = file;
    this.start = start;
    this.end = end;
  }

  /** Where it begins in the file. */
  int start() {
    return start;
  }

  /** Where it ends in the file. */
  int end() {
    return end;
  }

  int length() {
    return end - start;
  }

  int u8(int index) {
    return file[start + index] & 0xFF;
  }

  int u16(int index) {
    return u8(index) << 8 | u8(index + 1);
  }

  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(file, start + from, start + to);
  }

  boolean startsWith(String ascii) {
    return length() >= ascii.length()
        && Arrays.equals(copy(0, ascii.length()), ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
