package io.convoy.notation;

import java.util.ArrayList;
import java.util.List;

/** What stands several times in a row, as a repeat. */
final class Repeats {
  static final String ARROW = " => ";

  private Repeats() {}

  /**
   * The terms with repeats of the shortest rows first, so that longer ones may hold them: {@code A
   * B B A B B} is {@code [A => B * 2] * 2}.
   */
  static List<String> fold(List<String> terms) {
    List<String> folded = new ArrayList<>(terms);
    for (int length = 1; length <= folded.size() / 2; length++) {
      folded = fold(folded, length);
    }
    return folded;
  }

  private static List<String> fold(List<String> terms, int length) {
    List<String> folded = new ArrayList<>();
    int at = 0;
    while (at < terms.size()) {
      int turns = turns(terms, at, length);
      if (turns == 1) {
        folded.add(terms.get(at++));
        continue;
      }
      int start = start(terms, at, length, turns);
      folded.addAll(terms.subList(at, start));
      folded.add(repeat(terms.subList(start, start + length), turns));
      at = start + turns * length;
    }
    return folded;
  }

  /** Of the places where the row can start as often, the last that starts with a convolution. */
  private static int start(List<String> terms, int at, int length, int turns) {
    int best = at;
    for (int start = at; start < at + length && turns(terms, start, length) == turns; start++) {
      if (terms.get(start).matches("(DW)?CONV\\(.*")) {
        best = start;
      }
    }
    return best;
  }

  private static int turns(List<String> terms, int at, int length) {
    int end = at + length;
    while (end < terms.size() && terms.get(end).equals(terms.get(end - length))) {
      end++;
    }
    return Math.max(1, (end - at) / length);
  }

  private static String repeat(List<String> row, int turns) {
    String chain = String.join(ARROW, row);
    boolean single = row.size() == 1 && !chain.contains(" * ");
    return (single ? chain : "[" + chain + "]") + " * " + turns;
  }
}
