package io.convoy.kernel.simd.generator;

import static io.convoy.kernel.simd.generator.Source.place;

/** Updates ({@link io.convoy.kernel.PanelUpdate}) by some terms at a time, two vectors wide. */
final class UpdateTile {
  private static final String CONSTANTS =
      """
      private static final int RUN = %s;
      private static final int PANEL = Updates.panelStep(MethodHandles.lookup());
      private static final int OUT = Updates.outStep(MethodHandles.lookup());
      """;

  private static final String UPDATE =
      """
      int k = 0;
      for (; k + RUN <= terms; k += RUN) {
        int from = panelStart + k * PANEL;
        for (int j = 0; j < columns; j += 2 * LANES) {
          run(x, xStart + k, panel, from + j, out, outStart + j, rows);
        }
      }
      for (; k < terms; k++) {
        int from = panelStart + k * PANEL;
        for (int j = 0; j < columns; j += 2 * LANES) {
          term(x, xStart + k, panel, from + j, out, outStart + j, rows);
        }
      }
      """;

  private static final String OPERANDS =
      "float[] x, int xStart, float[] panel, int panelStart, float[] out, int outStart, int rows";

  private static final String TERM =
      """
      FloatVector p = FloatVector.fromArray(FLOATS, panel, panelStart);
      FloatVector q = FloatVector.fromArray(FLOATS, panel, panelStart + LANES);
      for (int i = 0; i < rows; i++) {
        int to = outStart + i * OUT;
        FloatVector factor = FloatVector.broadcast(FLOATS, x[xStart + i * TERMS]);
        factor.fma(p, FloatVector.fromArray(FLOATS, out, to)).intoArray(out, to);
        FloatVector right = FloatVector.fromArray(FLOATS, out, to + LANES);
        factor.fma(q, right).intoArray(out, to + LANES);
      }
      """;

  private UpdateTile() {}

  /** An update by so many terms. */
  static GeneratedClass of(int terms, String javadoc) {
    Source source = new Source().add(CONSTANTS, terms);
    source.method("@Override\npublic void update", "int terms, " + OPERANDS + ", int columns");
    source.add(UPDATE).close();
    source.method("private static void run", OPERANDS);
    for (int term = 0; term < terms; term++) {
      String from = place("panelStart", term, "PANEL");
      source.load("p" + term, "panel", from).load("q" + term, "panel", from + " + LANES");
    }
    source.open("for (int i = 0; i < rows; i++) {");
    source.add("int at = xStart + i * TERMS;\nint to = outStart + i * OUT;");
    source.load("a", "out", "to").load("b", "out", "to + LANES");
    for (int term = 0; term < terms; term++) {
      source.broadcast("x" + term, place("at", term));
      source.add("a = x%1$s.fma(p%1$s, a);\nb = x%1$s.fma(q%1$s, b);", term);
    }
    source.add("a.intoArray(out, to);\nb.intoArray(out, to + LANES);").close().close();
    source.method("private static void term", OPERANDS).add(TERM).close();
    return GeneratedClass.of("tile", "Update" + terms + "x2", "PanelUpdate", javadoc, source);
  }
}
