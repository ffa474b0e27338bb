package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.ScatteredProduct;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Register tiles that find terms by a table: slower than {@link Tiles}, by some percent for the
 * terms of x and as many for rows of the panel, since bounds checks stay in the loop. But what they
 * read need not be copied first. They are defined anew for each set of distances, likewise.
 */
public final class ScatteredTiles {
  private static final int WARM_UP_CALLS = 20_000;
  private static final int WARM_UP_RUN = 3;

  /** Rows of the largest tile. */
  private static final int ROWS = 12;

  /** What a tile is compiled for. */
  private record Key(int rowStep, int panelStep, Class<? extends ScatteredProduct> template) {}

  private static final Map<Key, ScatteredProduct> DEFINED = new ConcurrentHashMap<>();

  private ScatteredTiles() {}

  /**
   * The tile for operands at these distances: see {@link Kernels#scattered}.
   *
   * @param vectors columns of the panel in vectors: 2, or {@link Tiles#panelVectors()}
   */
  public static ScatteredProduct of(int rowStep, int panelStep, int vectors, int rows) {
    Key key = new Key(rowStep, panelStep, template(vectors, rows));
    return DEFINED.computeIfAbsent(key, ScatteredTiles::define);
  }

  private static Class<? extends ScatteredProduct> template(int vectors, int rows) {
    return switch (vectors) {
      case 2 -> narrow(rows);
      case 4 -> ScatteredTile6x4.class;
      default -> throw new IllegalArgumentException("vectors=" + vectors);
    };
  }

  private static Class<? extends ScatteredProduct> narrow(int rows) {
    if (LANES < 16) { // half as many registers
      return ScatteredTile5x2.class;
    }
    return rows < ROWS ? ScatteredTile9x2.class : ScatteredTile12x2.class;
  }

  private static ScatteredProduct define(Key key) {
    ScatteredProduct tile =
        ConstantClasses.define(
            MethodHandles.lookup(), key.template, List.of(key.rowStep, key.panelStep));
    warmUp(tile, key, ROWS);
    warmUp(tile, key, 1); // what is left has a method of its own
    return tile;
  }

  private static void warmUp(ScatteredProduct tile, Key key, int rows) {
    int[] offsets = new int[WARM_UP_RUN];
    int width = Tiles.panelVectors() * LANES;
    float[] x = new float[2 * ROWS * key.rowStep];
    float[] panel = new float[WARM_UP_RUN * key.panelStep + width];
    float[] out = new float[2 * ROWS * width];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      tile.multiply(
          WARM_UP_RUN, x, 0, offsets, panel, 0, offsets, out, 0, width, out, 0, width, rows);
    }
  }

  /** The distance between rows that a tile's class is defined for. */
  static int rowStep(Lookup tile) {
    return ConstantClasses.constant(tile, 0);
  }

  /** The distance between rows of the panel that a tile's class is defined for; 0 for a table. */
  static int panelStep(Lookup tile) {
    return ConstantClasses.constant(tile, 1);
  }
}
