package io.convoy.format.onnx;

import java.util.List;

/** What of a file Convoy does not have, as text of a bounded length. */
final class Refusals {
  private static final int MOST = 10;
  private static final int LONGEST = 80;
  private static final int LONGEST_REASON = 300;

  private Refusals() {}

  static String text(List<String> refused) {
    String first = String.join("; ", refused.subList(0, Math.min(MOST, refused.size())));
    return refused.size() > MOST
        ? "%s; and %s more".formatted(first, refused.size() - MOST)
        : first;
  }

  /** A reason, cut where it lists too much. */
  static String cut(String why) {
    return why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "…" : why;
  }

  /** A name of the file's, cut where it is long, in one line. */
  static String brief(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
