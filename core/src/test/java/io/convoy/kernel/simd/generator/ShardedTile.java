package io.convoy.kernel.simd.generator;

/** The tile of {@link io.convoy.kernel.ShardedProduct}, whose sums go along a tree of shards. */
final class ShardedTile {
  private static final Sums SUMS = new Sums(8, 2);

  private static final String CONSTANTS =
      """
      private static final int TERM = Kernels.WHOLE_ROWS;
      private static final int PANEL = Tiles.panelVectors() * LANES;
      private static final int SUMS = ROWS * 2 * LANES;
      """;

  private static final String OPERANDS =
      "int shards, int[] bounds, float[] x, int xStart, float[] panel, int panelStart,"
          + " float[] waiting, int waitingStart, float[] out, ";

  private static final String ARGUMENTS =
      "shards, bounds, x, xStart + i, panel, panelStart + j, waiting, waitingStart, out, to,"
          + " outStep";

  private ShardedTile() {}

  static GeneratedClass of(String javadoc) {
    Source source = new Source().add(CONSTANTS);
    source.method(
        "@Override\npublic void multiply", OPERANDS + "int outStart, int outStep, int rows");
    source.open("for (int i = 0; i < rows; i += ROWS) {");
    source.open("for (int j = 0; j < PANEL; j += 2 * LANES) {");
    source.add("int to = outStart + i * outStep + j;");
    source.list("tile(", ARGUMENTS, ");").close().close().close();
    source.method("private static void tile", OPERANDS + "int to, int outStep");
    source.add("FloatVector zero = FloatVector.zero(FLOATS);\nint top = waitingStart;");
    source.open("for (int shard = 0; shard < shards; shard++) {");
    shard(source);
    source.close();
    SUMS.forEach(
        (sum, row, vector) -> {
          String to = Source.place(Source.place("to", row, "outStep"), vector, "LANES");
          source.chain(waiting("waitingStart", row, vector), ".intoArray(out, " + to + ");");
        });
    source.close();
    String declaration = "final class SimdShardedProduct implements ShardedProduct";
    return new GeneratedClass("tile", javadoc, declaration, source);
  }

  /** A shard's sums, and those that wait for them. */
  private static void shard(Source source) {
    SUMS.zero(source);
    source.add("int until = bounds[shard + 1];");
    source.open("for (int k = bounds[shard]; k < until; k++) {");
    source.add("int at = xStart + k * TERM;\nint row = panelStart + k * PANEL;");
    SUMS.addTerm(source, row -> Source.place("at", row));
    source.close();
    SUMS.forEach((sum, row, vector) -> source.add("%1$s = %1$s.add(zero);", sum));
    source.open("for (int merge = ShardTree.merges(shard, shards); merge > 0; merge--) {");
    source.add("top -= SUMS;");
    SUMS.forEach(
        (sum, row, vector) -> source.add("%s = %s.add(%1$s);", sum, waiting("top", row, vector)));
    source.close();
    SUMS.forEach(
        (sum, row, vector) ->
            source.add("%s.intoArray(waiting, %s);", sum, place("top", row, vector)));
    source.add("top += SUMS;");
  }

  /** Where a sum waits. */
  private static String place(String from, int row, int vector) {
    return Source.place(from, SUMS.vectors() * row + vector, "LANES");
  }

  private static String waiting(String from, int row, int vector) {
    return "FloatVector.fromArray(FLOATS, waiting, " + place(from, row, vector) + ")";
  }
}
