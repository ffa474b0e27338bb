package io.convoy.data.image;

/**
 * The one entry of EXIF that matters to a network: tag 0x0112 of the first directory (EXIF 2.32,
 * 4.6.4; the TIFF 6.0 structure). A few bounds-checked reads of untrusted bytes; a metadata library
 * would parse, and trip over, all the rest.
 */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /** The code, 1 to 8 where it is valid; 0 where there is none or the structure is broken. */
  static int code(byte[] bytes, int start, int end) {
    if (end - start < 8) {
      return 0;
    }
    boolean little = bytes[start] == 'I' && bytes[start + 1] == 'I';
    boolean big = bytes[start] == 'M' && bytes[start + 1] == 'M';
    if (!little && !big) {
      return 0;
    }
    long directory =
        start
            + ((long) u16(bytes, start + (little ? 6 : 4), little) << 16
                | u16(bytes, start + (little ? 4 : 6), little));
    if (directory < start || directory + 2 > end) {
      return 0;
    }
    int entry = (int) directory + 2;
    for (int left = u16(bytes, (int) directory, little); left > 0; left--) {
      if (entry + ENTRY_BYTES > end) {
        return 0;
      }
      boolean found = u16(bytes, entry, little) == TAG && u16(bytes, entry + 2, little) == SHORT;
      if (found) {
        return u16(bytes, entry + 8, little);
      }
      entry += ENTRY_BYTES;
    }
    return 0;
  }

  private static int u16(byte[] bytes, int index, boolean little) {
    int first = bytes[index] & 0xFF;
    int second = bytes[index + 1] & 0xFF;
    return little ? second << 8 | first : first << 8 | second;
  }
}
