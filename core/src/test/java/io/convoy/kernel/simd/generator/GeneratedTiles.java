package io.convoy.kernel.simd.generator;

import java.util.List;
import java.util.stream.Stream;

/** The classes that are generated: whatever repeats a line for each of some sums in registers. */
final class GeneratedTiles {
  private GeneratedTiles() {}

  static List<GeneratedClass> all() {
    return Stream.of(products(), scattered(), others(), taps(), gradients())
        .flatMap(List::stream)
        .toList();
  }

  private static List<GeneratedClass> products() {
    return List.of(
        ProductTile.of(
            6,
            2,
            """
            /**
             * 6 rows by two vectors of columns, 12 sums in registers: fits the 16 registers of AVX2. See {@link
             * Tiles}.
             */"""),
        ProductTile.of(6, 4, tile("6 rows by four vectors of columns, 24 sums in registers.")),
        ProductTile.of(8, 3, tile("8 rows by three vectors of columns, 24 sums in registers.")),
        ProductTile.of(12, 1, tile("12 rows by one vector of columns, 12 sums in registers.")),
        ProductTile.of(
            12,
            4,
            2,
            """
            /**
             * 12 rows by two vectors of columns, 24 sums in registers; the last rows by fours: 64 rows would
             * else be computed as 72, 32 as 36. See {@link Tiles}.
             */"""),
        ProductTile.of(16, 1, tile("16 rows by one vector of columns, 16 sums in registers.")));
  }

  private static List<GeneratedClass> scattered() {
    return List.of(
        ScatteredTile.of(5, 2, tile("5 rows by two vectors of columns, where registers are few.")),
        ScatteredTile.of(
            9, 5, 2, tile("9 rows by two vectors of columns, and 5 rows for what is left.")),
        ScatteredTile.of(
            12, 4, 2, tile("12 rows by two vectors of columns, and 4 rows for what is left.")),
        ScatteredTile.of(
            6, 3, 4, tile("6 rows by four vectors of columns, and 3 rows for what is left.")));
  }

  private static List<GeneratedClass> others() {
    String terms = "terms of two vectors of columns stay in registers, the rows go by.";
    return List.of(
        UpdateTile.of(4, "/** Four " + terms + " See {@link Updates}. */"),
        UpdateTile.of(8, "/** Eight " + terms + " See {@link Updates}. */"),
        ShardedTile.of(
            "/** {@link ShardedProduct}: 8 rows by two vectors of columns at a time, 16 sums in"
                + " registers. */"));
  }

  private static List<GeneratedClass> taps() {
    return List.of(
        spread(1, 1, "one tap"),
        spread(1, 2, "1x2 taps"),
        spread(2, 1, "2x1 taps"),
        spread(2, 2, "2x2 taps"),
        new TapsTile(3, 3, 1, 4, 2, 1)
            .generated("Strided", depthwise("Four windows of 3x3 taps, two pixels apart.")),
        new TapsTile(3, 3, 1, 7, 1, 1)
            .generated("Tile", depthwise("Seven windows of 3x3 taps, side by side.")),
        new TapsTile(3, 3, 2, 3, 1, 1)
            .generated("Tile", depthwise("Two rows of three windows of 3x3 taps, side by side.")));
  }

  private static GeneratedClass spread(int tapRows, int tapColumns, String taps) {
    String javadoc =
        """
        /**
         * Four windows of %s, side by side, to outputs two pixels apart. See {@link DepthwiseTiles}.
         */"""
            .formatted(taps);
    return new TapsTile(tapRows, tapColumns, 1, 4, 1, 2).generated("Spread", javadoc);
  }

  private static List<GeneratedClass> gradients() {
    return List.of(
        GradientTiles.run(depthwise("Seven windows of 3x3 taps, side by side.")),
        GradientTiles.strided(depthwise("Seven windows of 3x3 taps, two pixels apart.")));
  }

  private static String tile(String sentence) {
    return "/** " + sentence + " See {@link Tiles}. */";
  }

  private static String depthwise(String sentence) {
    return "/** " + sentence + " See {@link DepthwiseTiles}. */";
  }
}
