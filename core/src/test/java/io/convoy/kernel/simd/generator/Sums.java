package io.convoy.kernel.simd.generator;

import static io.convoy.kernel.simd.generator.Source.place;

import java.util.function.IntFunction;

/**
 * A block of sums in registers, rows by vectors of columns: what the tiles of all products have in
 * common. The sum of row 3 and the third vector is {@code c3}.
 *
 * @param rows rows of x
 * @param vectors vectors of a row of the panel, 1 to 4
 */
record Sums(int rows, int vectors) {
  private static final String NAMES = "abcd";
  private static final String PANEL_NAMES = "pqrs";

  /** What is written for one sum. */
  @FunctionalInterface
  interface Each {
    void write(String sum, int row, int vector);
  }

  void forEach(Each each) {
    for (int row = 0; row < rows; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        each.write(NAMES.charAt(vector) + "" + row, row, vector);
      }
    }
  }

  void zero(Source source) {
    forEach((sum, row, vector) -> source.add("FloatVector %s = zero;", sum));
  }

  /**
   * A term of each sum: the row of the panel at {@code row}, and a float of x for each row.
   *
   * @param places where the floats of x lie, row by row
   */
  void addTerm(Source source, IntFunction<String> places) {
    for (int vector = 0; vector < vectors; vector++) {
      source.load(
          PANEL_NAMES.substring(vector, vector + 1), "panel", place("row", vector, "LANES"));
    }
    forEach(
        (sum, row, vector) -> {
          if (vector == 0) {
            source.broadcast("x" + row, places.apply(row));
          }
          source.add("%s = x%s.fma(%s, %1$s);", sum, row, PANEL_NAMES.charAt(vector));
        });
  }

  /** The addend to each sum, and the sum to its place. */
  void finish(Source source) {
    forEach(
        (sum, row, vector) -> {
          String from = place(place("from", row, "addendStep"), vector, "LANES");
          String to = place(place("to", row, "outStep"), vector, "LANES");
          source.chain(
              sum + ".add(FloatVector.fromArray(FLOATS, addend, " + from + "))",
              ".intoArray(out, " + to + ");");
        });
  }
}
