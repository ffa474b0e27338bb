package io.convoy.kernel.simd.generator;

/** Members of a class as they are written, line by line, in the layout of the formatter. */
final class Source {
  private static final int WIDTH = 100;
  private static final int INDENT = 2;

  private final StringBuilder text = new StringBuilder();
  private int depth = 1;
  private int line;
  private int methodStart;
  private int longestMethod;

  /** Adds lines as they stand, in the block that is open; {@code %s} stands for a value. */
  Source add(String lines, Object... values) {
    lines.formatted(values).lines().forEach(this::line);
    return this;
  }

  private void line(String content) {
    text.append(content.isEmpty() ? "" : " ".repeat(INDENT * depth)).append(content).append('\n');
    line++;
  }

  private boolean fits(String content) {
    return INDENT * depth + content.length() <= WIDTH;
  }

  /** Adds a list between a start and an end: in one line, or in two, or with a line an item. */
  Source list(String start, String items, String end) {
    if (fits(start + items + end)) {
      return add(start + items + end);
    }
    String indented = "    " + items + end;
    return add(start).add(fits(indented) ? indented : indented.replace(", ", ",\n    "));
  }

  /** Adds a chain of calls, with its last one on a line of its own where one is too short. */
  Source chain(String calls, String last) {
    return fits(calls + last) ? add(calls + last) : add(calls).add("    " + last);
  }

  /** Adds a line that opens a block. */
  Source open(String line, Object... values) {
    add(line, values);
    depth++;
    return this;
  }

  /** Adds the head of a method, behind an empty line, and opens it. */
  Source method(String head, String parameters) {
    add("\n" + head.substring(0, head.lastIndexOf('\n') + 1));
    list(head.substring(head.lastIndexOf('\n') + 1) + "(", parameters, ") {");
    methodStart = line;
    depth++;
    return this;
  }

  /** Closes the block that was opened last. */
  Source close() {
    depth--;
    line("}");
    if (depth == 1) {
      longestMethod = Math.max(longestMethod, line - methodStart + 1);
    }
    return this;
  }

  /** Closes the block that was opened last by a line that opens another. */
  Source closeAndOpen(String line) {
    depth--;
    return open(line);
  }

  /** Declares a vector and loads it. */
  Source load(String name, String array, String place) {
    return add("FloatVector %s = FloatVector.fromArray(FLOATS, %s, %s);", name, array, place);
  }

  /** Declares a vector of one float of x. */
  Source broadcast(String name, String place) {
    return add("FloatVector %s = FloatVector.broadcast(FLOATS, x[%s]);", name, place);
  }

  /** Lines of the longest method, from one brace to the other. */
  int longestMethod() {
    return longestMethod;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** {@code from + count * step}, as one would write it. */
  static String place(String from, int count, String step) {
    return switch (count) {
      case 0 -> from;
      case 1 -> from + " + " + step;
      default -> from + " + " + count + " * " + step;
    };
  }

  /** {@code from + count}, as one would write it. */
  static String place(String from, int count) {
    return count == 0 ? from : from + " + " + count;
  }
}
