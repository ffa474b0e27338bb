package io.convoy.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Texts and files as accidents and attackers leave them: a function of the number of a round. */
public final class Mutations {
  private Mutations() {}

  /** A number in [0, bound): a function of round and draw. */
  public static int below(int bound, int round, int draw) {
    return (int) Long.remainderUnsigned(Numbers.bits(round, draw), bound);
  }

  /**
   * A text with one to three places cut out, repeated, moved, or with a part put in.
   *
   * @param parts that mean something in such a text
   */
  public static String text(String whole, List<String> parts, int round) {
    StringBuilder text = new StringBuilder(whole);
    int changes = 1 + below(3, round, 0);
    for (int i = 1; i <= changes && text.length() > 0; i++) {
      int at = below(text.length(), round, 6 * i);
      int end = Math.min(text.length(), at + 1 + below(30, round, 6 * i + 1));
      String part = parts.get(below(parts.size(), round, 6 * i + 2));
      switch (below(7, round, 6 * i + 3)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.insert(below(text.length(), round, 6 * i + 4), text.substring(at, end));
        case 3 -> text.setLength(below(8, round, 6 * i + 4) == 0 ? at : text.length());
        case 4 -> text.replace(at, wordEnd(text, at), part);
        case 5 -> text.setCharAt(at, (char) below(128, round, 6 * i + 4));
        default -> text.insert(at, part);
      }
    }
    return text.toString();
  }

  /** The end of the word or number in which a place lies. */
  private static int wordEnd(CharSequence text, int at) {
    int end = at + 1;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Bytes with some changed, cut away, repeated or put in elsewhere. */
  public static byte[] bytes(byte[] whole, int round) {
    byte[] bytes = whole;
    int changes = 1 + below(4, round, 0);
    for (int i = 1; i <= changes; i++) {
      int at = below(bytes.length, round, 5 * i);
      int value = below(256, round, 5 * i + 1);
      int end = Math.min(bytes.length, at + 1 + below(40, round, 5 * i + 2));
      byte[] changed = bytes.clone();
      changed[at] = value < 64 ? (byte) (changed[at] ^ 1 << (value & 7)) : (byte) value;
      bytes =
          switch (below(6, round, 5 * i + 3)) {
            case 0 -> joined(bytes, at, end); // without some
            case 1 -> joined(bytes, end, at); // some twice
            case 2 -> value < 32 ? Arrays.copyOf(bytes, 1 + at) : changed;
            default -> changed;
          };
      if (bytes.length == 0) {
        return "0".getBytes(StandardCharsets.UTF_8);
      }
    }
    return bytes;
  }

  /** All before one place, and all from another on. */
  private static byte[] joined(byte[] bytes, int until, int from) {
    byte[] joined = Arrays.copyOf(bytes, until + bytes.length - from);
    System.arraycopy(bytes, from, joined, until, bytes.length - from);
    return joined;
  }
}
