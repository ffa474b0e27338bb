package io.convoy.kernel.simd.generator;

import static io.convoy.kernel.simd.generator.Source.place;

/**
 * Tiles of {@link io.convoy.kernel.DepthwiseGradient} for 3x3 taps: a run of pixels whose sums stay
 * in registers.
 */
final class GradientTiles {
  private static final int TAPS = 3;
  private static final int RUN = 7;

  private static final String CONSTANT =
      "private static final int CHANNELS = ConstantClasses.constant(MethodHandles.lookup(), 0);";

  private static final String CALL_OF_VECTOR =
      """
      for (int c = first; c < until; c += LANES) {
        vector(x, xStart + c, xRowStep, dy, dyStart + c, sums, sumsStart + place(c - first));
      }
      """;

  private static final String VECTOR =
      """
      /** One vector of channels. Without a loop here the compiler merges most bounds checks. */
      private static void vector""";

  private static final String CALLS_OF_ROW =
      """
      row(x, xStart, dy, dyStart, sums, sumsStart, first, until);
      row(x, xStart + xRowStep, dy, dyStart, sums, sumsStart + 3 * GROUP, first, until);
      row(x, xStart + 2 * xRowStep, dy, dyStart, sums, sumsStart + 6 * GROUP, first, until);
      """;

  private static final String ROW =
      """
      /** One row of taps: all nine would be too much for C1. */
      private static void row""";

  private static final String ZERO = "FloatVector zero = FloatVector.zero(FLOATS);";

  private GradientTiles() {}

  /** Windows side by side: all rows of taps in one method. */
  static GeneratedClass run(String javadoc) {
    Source source = openAdd().add(CALL_OF_VECTOR).close();
    source.method(
        VECTOR,
        "float[] x, int xStart, int xRowStep, float[] dy, int dyStart, float[] sums, int to");
    source.add(ZERO).add("int row1 = xStart + xRowStep;\nint row2 = xStart + 2 * xRowStep;");
    gradients(source, "dyStart");
    for (int row = 0; row < TAPS; row++) {
      row(source, row, "x" + row, row == 0 ? "xStart" : "row" + row, 1);
    }
    return generated("Run7", javadoc, source.close());
  }

  /** Windows two pixels apart: row by row of taps. */
  static GeneratedClass strided(String javadoc) {
    Source source = openAdd().add(CALLS_OF_ROW).close();
    source.method(
        ROW,
        "float[] x, int xStart, float[] dy, int dyStart, float[] sums, int sumsStart,"
            + " int first, int until");
    source.add(ZERO).open("for (int c = first; c < until; c += LANES) {");
    source.add("int to = sumsStart + place(c - first);");
    gradients(source, "dyStart + c");
    row(source, 0, "x", "xStart + c", 2);
    return generated("Strided7", javadoc, source.close().close());
  }

  private static Source openAdd() {
    return new Source()
        .add(CONSTANT)
        .method(
            "@Override\npublic void add",
            "float[] x, int xStart, int xRowStep, float[] dy, int dyStart, float[] sums,"
                + " int sumsStart, int first, int until");
  }

  private static void gradients(Source source, String start) {
    for (int pixel = 0; pixel < RUN; pixel++) {
      source.load("g" + pixel, "dy", place(start, pixel, "CHANNELS"));
    }
  }

  /** The sums of a row of taps, over a row of pixels that have names of their own. */
  private static void row(Source source, int tapRow, String name, String start, int stride) {
    int first = tapRow * TAPS;
    for (int tap = first; tap < first + TAPS; tap++) {
      source.add("FloatVector s%s = zero;", tap);
    }
    for (int column = 0; column < (RUN - 1) * stride + TAPS; column++) {
      String pixel = name + column;
      source.load(pixel, "x", place(start, column, "CHANNELS"));
      for (int tap = 0; tap < TAPS; tap++) {
        int distance = column - tap;
        if (distance >= 0 && distance % stride == 0 && distance / stride < RUN) {
          source.add("s%s = %s.fma(g%s, s%1$s);", first + tap, pixel, distance / stride);
        }
      }
    }
    for (int tap = first; tap < first + TAPS; tap++) {
      String place = place("to", tap, "GROUP");
      source.chain(
          "s" + tap + ".add(FloatVector.fromArray(FLOATS, sums, " + place + "))",
          ".intoArray(sums, " + place + ");");
    }
  }

  private static GeneratedClass generated(String layout, String javadoc, Source source) {
    return GeneratedClass.of("depthwise", "Gradient3x3" + layout, "GradientTile", javadoc, source);
  }
}
