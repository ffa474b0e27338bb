package io.convoy.kernel.simd.generator;

import static io.convoy.kernel.simd.generator.Source.place;

/** Tiles of {@link io.convoy.kernel.ScatteredProduct}: terms are found by tables. */
final class ScatteredTile {
  private static final String CONSTANTS =
      """
      private static final int ROW = ScatteredTiles.rowStep(MethodHandles.lookup());
      private static final int PANEL = ScatteredTiles.panelStep(MethodHandles.lookup());

      @Override
      public int wholeRows() {
        return %s;
      }
      """;

  private static final String OPERANDS =
      "int run, float[] x, int xStart, int[] xOffsets,"
          + " float[] panel, int panelStart, int[] panelOffsets, float[] addend, ";

  private static final String PLACES =
      """
      int from = addendStart + i * addendStep;
      int to = outStart + i * outStep;
      """;

  private static final String ARGUMENTS =
      "run, x, xStart + i * ROW, xOffsets, panel, panelStart, panelOffsets, addend, from,"
          + " addendStep, out, to, outStep";

  private ScatteredTile() {}

  /** A tile that computes all rows alike. */
  static GeneratedClass of(int rows, int vectors, String javadoc) {
    Source source = new Source();
    openMultiply(source, rows);
    source.open("for (int i = 0; i < rows; i += %s) {", rows);
    source.add(PLACES).list("tile(", ARGUMENTS, ");").close().close();
    method(source, "tile", new Sums(rows, vectors));
    return generated(rows, vectors, javadoc, source);
  }

  /** A tile that computes the last rows some fewer at a time. */
  static GeneratedClass of(int rows, int lastRows, int vectors, String javadoc) {
    Source source = new Source();
    openMultiply(source, rows % lastRows == 0 ? lastRows : rows);
    source.open("for (int i = 0; i < rows; ) {").add(PLACES);
    source.open("if (rows - i > %s) {", (rows - 1) / lastRows * lastRows);
    source.list("tile(", ARGUMENTS, ");").add("i += %s;", rows);
    source.closeAndOpen("} else {");
    source.list("rest(", ARGUMENTS, ");").add("i += %s;", lastRows);
    source.close().close().close();
    method(source, "tile", new Sums(rows, vectors));
    method(source, "rest", new Sums(lastRows, vectors));
    return generated(rows, vectors, javadoc, source);
  }

  /** All before the loop over rows; of a multiple of whole rows none past the last is touched. */
  private static void openMultiply(Source source, int wholeRows) {
    source.add(CONSTANTS, wholeRows);
    source.method(
        "@Override\npublic void multiply",
        OPERANDS
            + "int addendStart, int addendStep, float[] out, int outStart, int outStep, int rows");
  }

  private static void method(Source source, String name, Sums sums) {
    source.method(
        "private static void " + name,
        OPERANDS + "int from, int addendStep, float[] out, int to, int outStep");
    source.add("FloatVector zero = FloatVector.zero(FLOATS);");
    sums.zero(source);
    source.open("for (int k = 0; k < run; k++) {");
    source.add("int at = xStart + xOffsets[k];");
    source.add("int row = panelStart + (PANEL > 0 ? k * PANEL : panelOffsets[k]);");
    sums.addTerm(source, row -> place("at", row, "ROW"));
    source.close();
    sums.finish(source);
    source.close();
  }

  private static GeneratedClass generated(int rows, int vectors, String javadoc, Source source) {
    String name = "ScatteredTile" + rows + "x" + vectors;
    return GeneratedClass.of("tile", name, "ScatteredProduct", javadoc, source);
  }
}
