package io.convoy.text;

import java.util.Arrays;

/** Names from outside, as a terminal shows them: in cells of equal width. */
public final class DisplayText {
  private static final String CUT = "...";

  /**
   * First and last code points of what fills two cells: East Asian letters and emoji, as in Kuhn's
   * {@code wcwidth}.
   */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD}
  };

  private DisplayText() {}

  /** How many cells a text fills. */
  public static int width(String text) {
    return text.codePoints().map(DisplayText::width).sum();
  }

  private static int width(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    return Arrays.stream(WIDE).anyMatch(range -> range[0] <= codePoint && codePoint <= range[1]);
  }

  /** The text with a question mark for each character that would move the cursor. */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(codePoint -> printable.appendCodePoint(moves(codePoint) ? '?' : codePoint));
    return printable.toString();
  }

  private static boolean moves(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /**
   * A printable text that fills so many cells at the most: of a longer one the middle is left out.
   *
   * @param most cells, at least 5
   */
  public static String shortened(String text, int most) {
    String printable = printable(text);
    if (width(printable) <= most) {
      return printable;
    }
    int tailCells = (most - CUT.length()) / 2;
    int[] codePoints = printable.codePoints().toArray();
    int headEnd = 0;
    int cells = most - CUT.length() - tailCells;
    while (width(codePoints[headEnd]) <= cells) {
      cells -= width(codePoints[headEnd++]);
    }
    int tailStart = codePoints.length;
    cells = tailCells;
    while (width(codePoints[tailStart - 1]) <= cells) {
      cells -= width(codePoints[--tailStart]);
    }
    return new String(codePoints, 0, headEnd)
        + CUT
        + new String(codePoints, tailStart, codePoints.length - tailStart);
  }
}
