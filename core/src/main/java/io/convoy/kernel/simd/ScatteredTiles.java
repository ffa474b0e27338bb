package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.Species.LANES;

import io.convoy.kernel.ScatteredProduct;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Register tiles that find each term by a table: a tenth slower than {@link Tiles}, for two bounds
 * checks a term, but what they read need not be copied first. They are defined anew for each
 * distance between rows.
 */
final class ScatteredTiles {
  private static final int WARM_UP_CALLS = 20_000;
  private static final int WARM_UP_RUN = 3;

  /** Rows of the largest tile. */
  private static final int ROWS = 9;

  /** What a tile is compiled for. */
  private record Key(int rowStep, int vectors) {}

  private static final Map<Key, ScatteredProduct> DEFINED = new ConcurrentHashMap<>();

  private ScatteredTiles() {}

  static ScatteredProduct of(int rowStep, int vectors) {
    return DEFINED.computeIfAbsent(new Key(rowStep, vectors), ScatteredTiles::define);
  }

  private static Class<? extends ScatteredProduct> template(int vectors) {
    return switch (vectors) {
      case 2 -> LANES < 16 ? ScatteredTile5x2.class : ScatteredTile9x2.class;
      case 4 -> ScatteredTile6x4.class;
      default -> throw new IllegalArgumentException("vectors=" + vectors);
    };
  }

  private static ScatteredProduct define(Key key) {
    ScatteredProduct tile = ConstantClasses.define(template(key.vectors), List.of(key.rowStep));
    for (int rows : new int[] {ROWS, 1}) { // a whole tile, and what is left
      warmUp(tile, key, rows);
    }
    return tile;
  }

  private static void warmUp(ScatteredProduct tile, Key key, int rows) {
    int width = key.vectors * LANES;
    int[] offsets = {0, 1, 2};
    float[] x = new float[WARM_UP_RUN + 2 * ROWS * key.rowStep];
    float[] panel = new float[WARM_UP_RUN + width];
    float[] out = new float[2 * ROWS * width];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      tile.multiply(
          WARM_UP_RUN, x, 0, offsets, panel, 0, offsets, out, 0, width, out, 0, width, rows);
    }
  }
}
