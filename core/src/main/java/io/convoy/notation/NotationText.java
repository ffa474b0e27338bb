package io.convoy.notation;

import io.convoy.error.ConvoyException;
import io.convoy.text.DisplayText;
import java.util.List;
import java.util.function.Supplier;
import org.antlr.v4.runtime.Token;

/** What somebody wrote, and errors that point at a place in it. */
record NotationText(String text) {
  /** Characters of a notation at the most: a thousand different layers take less. */
  private static final int MOST_CHARACTERS = 1 << 16;

  /** Characters of a line that an error shows, and how many of them stand before the place. */
  private static final int SHOWN = 72;

  private static final int BEFORE = 48;
  private static final String CUT = "...";
  private static final String MARGIN = "  ";

  NotationText {
    text = text.stripTrailing(); // what is missing at the end is then missed behind the last word
    if (text.length() > MOST_CHARACTERS) {
      throw ConvoyException.usage(
          "a notation has at most %d characters; this one has %d: repeat what repeats by"
              + " [...] * 2, or list the layers in a recipe",
          MOST_CHARACTERS, text.length());
    }
  }

  /**
   * An error at a token: where it stands, what is wrong, and below that the line with a caret under
   * the token.
   */
  ConvoyException error(Token at, String message) {
    List<String> lines = List.of(text.split("\n", -1));
    String place = "column " + (at.getCharPositionInLine() + 1);
    if (lines.size() > 1) {
      place = "line " + at.getLine() + ", " + place;
    }
    return new ConvoyException(
        ConvoyException.Kind.USAGE,
        place
            + ": "
            + message
            + "\n"
            + pointer(lines.get(at.getLine() - 1), at.getCharPositionInLine()));
  }

  /** What a part of the text describes; an error of that gets the part's place. */
  <T> T at(Token token, Supplier<T> part) {
    try {
      return part.get();
    } catch (ConvoyException e) {
      throw error(token, e.getMessage());
    }
  }

  /** The line and a caret below its character {@code at}, counted in code points. */
  private static String pointer(String line, int at) {
    int[] characters = line.codePoints().toArray();
    int start = characters.length <= SHOWN ? 0 : Math.max(0, at - BEFORE);
    int end = Math.min(characters.length, start + SHOWN);
    String head = (start > 0 ? CUT : "") + shown(characters, start, at);
    String tail = shown(characters, at, end) + (end < characters.length ? CUT : "");
    return MARGIN + head + tail + "\n" + MARGIN + " ".repeat(DisplayText.width(head)) + "^";
  }

  private static String shown(int[] characters, int from, int to) {
    return DisplayText.printable(new String(characters, from, to - from).replace('\t', ' '));
  }
}
