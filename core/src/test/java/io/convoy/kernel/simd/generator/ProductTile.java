package io.convoy.kernel.simd.generator;

import static io.convoy.kernel.simd.generator.Source.place;

/** Tiles of {@link io.convoy.kernel.PanelProduct}: terms, rows and panel at constant distances. */
final class ProductTile {
  private static final String CONSTANTS =
      """
      private static final int TERM = Tiles.termStep(MethodHandles.lookup());
      private static final int ROW = Tiles.rowStep(MethodHandles.lookup());
      private static final int PANEL = Tiles.panelStep(MethodHandles.lookup());

      @Override
      public int rowsAtOnce() {
        return ROWS;
      }
      """;

  private static final String OPERANDS =
      "int run, float[] x, int xStart, float[] panel, int panelStart, float[] addend, ";

  private static final String CALL =
      """
        int from = addendStart + i * addendStep;
        int to = outStart + i * outStep;
        %s(run, x, xStart + i * ROW, panel, panelStart, addend, from, addendStep, out, to, outStep);
      }
      """;

  private ProductTile() {}

  /** A tile that computes all rows alike. */
  static GeneratedClass of(int rows, int vectors, String javadoc) {
    Source source = new Source();
    source.add("private static final int ROWS = %s;", rows);
    openMultiply(source);
    source.add("for (int i = 0; i < rows; i += ROWS) {\n" + CALL, "tile").close();
    method(source, "tile", new Sums(rows, vectors));
    return generated(rows, vectors, javadoc, source);
  }

  /** A tile that computes the last rows some fewer at a time. */
  static GeneratedClass of(int rows, int lastRows, int vectors, String javadoc) {
    Source source = new Source();
    source.add("private static final int ROWS = %s;", rows);
    source.add("private static final int LAST_ROWS = %s;", lastRows);
    openMultiply(source);
    source.add("int i = 0;");
    source.add("for (; rows - i > ROWS - LAST_ROWS; i += ROWS) {\n" + CALL, "tile");
    source.add("for (; i < rows; i += LAST_ROWS) {\n" + CALL, "last").close();
    method(source, "tile", new Sums(rows, vectors));
    method(source, "last", new Sums(lastRows, vectors));
    return generated(rows, vectors, javadoc, source);
  }

  private static void openMultiply(Source source) {
    source.add(CONSTANTS);
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
    source.add("int at = xStart + k * TERM;\nint row = panelStart + k * PANEL;");
    sums.addTerm(source, row -> place("at", row, "ROW"));
    source.close();
    sums.finish(source);
    source.close();
  }

  private static GeneratedClass generated(int rows, int vectors, String javadoc, Source source) {
    String name = "Tile" + rows + "x" + vectors;
    return GeneratedClass.of("tile", name, "PanelProduct", javadoc, source);
  }
}
