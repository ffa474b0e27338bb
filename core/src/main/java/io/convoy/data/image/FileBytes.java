package io.convoy.data.image;

import io.convoy.error.ConvoyException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an image file: reads that stay inside of it, and the words for what is wrong with
 * it.
 *
 * @param format its name, for errors
 * @param name the file's name, for errors
 * @param little whether the first byte of a number is its lowest
 */
record FileBytes(String format, String name, byte[] bytes, boolean little) {

  int length() {
    return bytes.length;
  }

  int u8(long index) {
    require(index, 1);
    return bytes[(int) index] & 0xFF;
  }

  int u16(long index) {
    int first = u8(index);
    int second = u8(index + 1);
    return little ? second << 8 | first : first << 8 | second;
  }

  int i32(long index) {
    int first = u16(index);
    int second = u16(index + 2);
    return little ? second << 16 | first : first << 16 | second;
  }

  long u32(long index) {
    return Integer.toUnsignedLong(i32(index));
  }

  /** Four letters. */
  String code(long index) {
    require(index, 4);
    return new String(bytes, (int) index, 4, StandardCharsets.ISO_8859_1);
  }

  /** Four letters, for errors: what is none is a question mark. */
  String shown(long index) {
    return code(index).replaceAll("[^ -~]", "?");
  }

  /**
   * Sees to it that some bytes lie in the file, before anybody reads them or makes room for them.
   */
  void require(long start, long length) {
    if (start < 0 || length < 0 || start > bytes.length - length) {
      throw truncated();
    }
  }

  /** Whether a file begins like this. */
  static boolean startsWith(byte[] bytes, int offset, String text) {
    if (bytes.length < offset + text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((bytes[offset + i] & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  ConvoyException truncated() {
    return ConvoyException.data(
        "%s: the %s ends after %s bytes, before its image does: fetch it again or take it out of"
            + " the folder",
        name, format, bytes.length);
  }

  ConvoyException damaged(String reason) {
    return ConvoyException.data(
        "%s: the %s is truncated or damaged (%s): fetch it again or take it out of the folder",
        name, format, reason);
  }

  /** For what is whole, but of a kind that is not read. */
  ConvoyException refused(String what) {
    return ConvoyException.data(
        "%s: the %s holds %s, which is not read: convert it to PNG or take it out of the folder",
        name, format, what);
  }
}
