package io.convoy.kernel.simd.generator;

import static io.convoy.kernel.simd.generator.Source.place;

/**
 * Tiles of {@link io.convoy.kernel.DepthwiseCorrelation}: a block of neighbouring windows, each
 * pixel loaded once for all that hold it. The sum of the second row's third window is {@code b2}.
 *
 * @param tapRows taps of a window, downwards
 * @param tapColumns taps of a window, along a row
 * @param rows windows of the block, downwards
 * @param columns windows of the block, along a row
 * @param stride pixels from one window to the next along a row
 * @param spread pixels of y from one output to the next along a row
 */
record TapsTile(int tapRows, int tapColumns, int rows, int columns, int stride, int spread) {
  private static final String OPERANDS =
      "float[] x, int xStart, int xRowStep, float[] weights, float[] bias, int biasStart,"
          + " float[] y, int yStart, int yRowStep, int first, int until";

  /** What is written for one window. */
  @FunctionalInterface
  private interface Each {
    void write(String sum, String place);
  }

  /** The class; its name says how the windows lie. */
  GeneratedClass generated(String layout, String javadoc) {
    Source source = new Source();
    constants(source);
    source.method("@Override\npublic void correlate", OPERANDS);
    source.add("FloatVector zero = FloatVector.zero(FLOATS);");
    for (int row = 1; row < tapRows + rows - 1; row++) {
      source.add("int row%s = %s;", row, place("xStart", row, "xRowStep"));
    }
    for (int row = 1; row < rows; row++) {
      source.add("int yRow%s = %s;", row, place("yStart", row, "yRowStep"));
    }
    source.open("for (int c = first; c < until; c += LANES) {");
    vector(source);
    source.close().close();
    String name = "Taps%sx%s%s%sx%s".formatted(tapRows, tapColumns, layout, rows, columns);
    return GeneratedClass.of("depthwise", name, "CorrelationTile", javadoc, source);
  }

  private void constants(Source source) {
    source.add(
        "private static final int CHANNELS ="
            + " ConstantClasses.constant(MethodHandles.lookup(), 0);");
    if (spread > 1) {
      source.add("private static final int OUTPUT = %s * CHANNELS;", spread);
    }
    if (tapRows * tapColumns > 1) {
      source.add("private static final int PITCH = DepthwiseWindows.pitch(CHANNELS);");
    }
  }

  /** All windows, for a vector of channels. */
  private void vector(Source source) {
    if (rows > 1) { // then several rows of taps are of use at the same time
      weights(source, 0, tapRows);
    }
    forEachWindow((sum, place) -> source.add("FloatVector %s = zero;", sum));
    for (int row = 0; row < tapRows + rows - 1; row++) {
      if (rows == 1) {
        weights(source, row, row + 1);
      }
      pixels(source, row);
    }
    source.load("start", "bias", "biasStart + c");
    forEachWindow((sum, place) -> source.add("start.add(%s).intoArray(y, %s);", sum, place));
  }

  /** The weights of some rows of taps. */
  private void weights(Source source, int firstRow, int lastRow) {
    for (int tap = firstRow * tapColumns; tap < lastRow * tapColumns; tap++) {
      source.load("w" + tap, "weights", place("c", tap, "PITCH"));
    }
  }

  /** A row of pixels, each with its part in all windows that hold it. */
  private void pixels(Source source, int row) {
    String start = (row == 0 ? "xStart" : "row" + row) + " + c";
    for (int column = 0; column < (columns - 1) * stride + tapColumns; column++) {
      String pixel = "x" + row + column;
      source.load(pixel, "x", place(start, column, "CHANNELS"));
      for (int window = 0; window < rows * columns; window++) {
        int tapRow = row - window / columns;
        int tapColumn = column - window % columns * stride;
        if (tapRow >= 0 && tapRow < tapRows && tapColumn >= 0 && tapColumn < tapColumns) {
          int tap = tapRow * tapColumns + tapColumn;
          source.add("%s = %s.fma(w%s, %1$s);", sum(window), pixel, tap);
        }
      }
    }
  }

  private void forEachWindow(Each each) {
    for (int window = 0; window < rows * columns; window++) {
      String start = (window < columns ? "yStart" : "yRow" + window / columns) + " + c";
      String step = spread > 1 ? "OUTPUT" : "CHANNELS";
      each.write(sum(window), place(start, window % columns, step));
    }
  }

  private String sum(int window) {
    return "ab".charAt(window / columns) + "" + window % columns;
  }
}
