package io.convoy.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of so many cells. */
public final class WrappedText {
  private WrappedText() {}

  /**
   * Wraps between words; those that are longer stand alone.
   *
   * @param before stands at the beginning; further lines begin with as many blanks
   * @param width cells of a line
   */
  public static List<String> lines(String text, String before, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(before);
    for (String word : text.split(" ")) {
      int cells = DisplayText.width(line.toString());
      if (line.length() > before.length() && cells + DisplayText.width(word) > width) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(" ".repeat(before.length()));
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
