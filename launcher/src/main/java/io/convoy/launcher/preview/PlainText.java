package io.convoy.launcher.preview;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** Any text in the characters that {@link Letters} has. */
final class PlainText {
  /** Letters of Latin that Unicode does not take apart, and signs that have a twin in ASCII. */
  private static final Map<Integer, String> KNOWN =
      Map.ofEntries(
          Map.entry((int) '\u00DF', "ss"),
          Map.entry((int) '\u00C6', "AE"),
          Map.entry((int) '\u00E6', "ae"),
          Map.entry((int) '\u0152', "OE"),
          Map.entry((int) '\u0153', "oe"),
          Map.entry((int) '\u00D8', "O"),
          Map.entry((int) '\u00F8', "o"),
          Map.entry((int) '\u0141', "L"),
          Map.entry((int) '\u0142', "l"),
          Map.entry((int) '\u0110', "D"),
          Map.entry((int) '\u0111', "d"),
          Map.entry((int) '\u00DE', "Th"),
          Map.entry((int) '\u00FE', "th"),
          Map.entry((int) '\u0131', "i"),
          Map.entry((int) '\u2013', "-"),
          Map.entry((int) '\u2014', "-"),
          Map.entry((int) '\u2019', "'"));

  private PlainText() {}

  /**
   * The text in ASCII: accents are left away, and of what is no Latin letter the number is given,
   * such as {@code <732B>}: so two names that differ look different.
   */
  static String of(String text) {
    StringBuilder plain = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(c -> add(c, plain));
    return plain.toString();
  }

  /** Whether nothing but accents gets lost. */
  static boolean isReadable(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .allMatch(c -> isPlain(c) || KNOWN.containsKey(c) || isAccent(c));
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character <= '~';
  }

  private static boolean isAccent(int character) {
    return Character.getType(character) == Character.NON_SPACING_MARK;
  }

  private static void add(int character, StringBuilder plain) {
    if (isPlain(character)) {
      plain.append((char) character);
      return;
    }
    if (KNOWN.containsKey(character)) {
      plain.append(KNOWN.get(character));
      return;
    }
    boolean overLatin = plain.length() > 0 && plain.charAt(plain.length() - 1) != '>';
    if (isAccent(character) && overLatin) {
      return;
    }
    plain.append(String.format(Locale.ROOT, "<%04X>", character));
  }
}
