package io.convoy.data.image;

/**
 * The table of LZW (Welch 1984, "A Technique for High-Performance Data Compression"): a string is
 * the string of another code and one byte more. How codes are stored is the formats' own.
 */
final class LzwStrings {
  /** Codes have at most 12 bits. */
  static final int MOST = 1 << 12;

  private final int[] prefix = new int[MOST];
  private final byte[] last = new byte[MOST];
  private final byte[] first = new byte[MOST];
  private final int[] length = new int[MOST];
  private final int reserved;
  private int next;

  /**
   * @param bytes codes that stand for one byte each
   * @param reserved codes behind them that stand for no string
   */
  LzwStrings(int bytes, int reserved) {
    for (int code = 0; code < bytes; code++) {
      last[code] = (byte) code;
      first[code] = (byte) code;
      length[code] = 1;
    }
    this.reserved = bytes + reserved;
    this.next = this.reserved;
  }

  /** Forgets all but the single bytes. */
  void clear() {
    next = reserved;
  }

  /** The code that the next string gets; {@link #MOST} where the table is full. */
  int next() {
    return next;
  }

  /**
   * Takes in a code, which stands for a string that is known, or for the next one; the next is the
   * one before and the first byte of this.
   *
   * @param previous the code before it; -1 behind a clearing
   * @return whether the code stands for a string
   */
  boolean follow(int previous, int code) {
    boolean isNext = previous >= 0 && code == next && next < MOST;
    boolean known = code < next && length[code] > 0 && (code < reserved || previous >= 0);
    if (!known && !isNext) {
      return false;
    }
    if (previous >= 0 && next < MOST) {
      prefix[next] = previous;
      first[next] = first[previous];
      length[next] = length[previous] + 1;
      last[next] = isNext ? first[previous] : first[code];
      next++;
    }
    return true;
  }

  /**
   * Writes a code's string; what does not fit is left out.
   *
   * @param start where it begins
   * @return where it ends
   */
  int write(int code, byte[] to, int start) {
    int end = start + length[code];
    int at = code;
    for (int i = end - 1; i >= start; i--) {
      if (i < to.length) {
        to[i] = last[at];
      }
      at = prefix[at];
    }
    return Math.min(end, to.length);
  }
}
