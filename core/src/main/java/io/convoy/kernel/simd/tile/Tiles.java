package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Register tiles: a block of sums that stays in registers while the terms go by.
 *
 * <pre>
 *            p    q    r    s      a row of the panel: up to four vectors
 *     x0     a0   b0   c0   d0
 *     ...    ..   ..   ..   ..     each step of k: 4 loads, 6 broadcasts, 24 multiply-adds
 *     x5     a5   b5   c5   d5
 * </pre>
 *
 * <p>A tile reaches the speed of its multiply-adds only if the distances between terms, between
 * rows and between rows of the panel are constants to the compiler: with variables, it keeps
 * multiplications and bounds checks in the loop. So each tile is a class that is defined anew for
 * each set of distances (a hidden class, with the distances as its class data), from one source.
 *
 * <p>Accumulators are written out, since in an array they would live in memory, and so is what is
 * done with each at the end: a method for it, though inlined, costs 150 cycles a tile. A program
 * writes these sources ({@code GeneratedTiles}, in the tests). A tile has one loop, since a second
 * one around it makes the compiler spill; a method with more than about 125 vector operations is
 * too much for C1. And a tile is called many times with short sums before it is used: compiled in
 * the middle of a long sum, it would keep its accumulators as objects.
 */
public final class Tiles {
  private static final int WARM_UP_CALLS = 20_000;
  private static final int WARM_UP_RUN = 3;

  /** What a tile is compiled for. */
  private record Key(int termStep, int rowStep, int panelStep, int vectors) {}

  private static final Map<Key, PanelProduct> DEFINED = new ConcurrentHashMap<>();

  private Tiles() {}

  /** Vectors of a whole panel: as many as leave registers for enough rows. */
  public static int panelVectors() {
    return LANES == 16 ? 4 : 2;
  }

  /**
   * The tile for operands at these distances: see {@link Kernels#product(int, int, int, int)}.
   *
   * @param vectors columns of the panel in vectors, 1 to {@link #panelVectors()}
   */
  public static PanelProduct of(int termStep, int rowStep, int panelStep, int vectors) {
    return DEFINED.computeIfAbsent(new Key(termStep, rowStep, panelStep, vectors), Tiles::define);
  }

  private static Class<? extends PanelProduct> template(int vectors) {
    if (LANES < 16) { // half as many registers
      return vectors == 2 ? Tile6x2.class : Tile12x1.class;
    }
    return switch (vectors) {
      case 1 -> Tile16x1.class;
      case 2 -> Tile12x2.class;
      case 3 -> Tile8x3.class;
      case 4 -> Tile6x4.class;
      default -> throw new IllegalArgumentException("vectors=" + vectors);
    };
  }

  private static PanelProduct define(Key key) {
    Class<? extends PanelProduct> template = template(key.vectors);
    PanelProduct tile =
        ConstantClasses.define(
            MethodHandles.lookup(), template, List.of(key.termStep, key.rowStep, key.panelStep));
    warmUp(tile, key);
    return tile;
  }

  private static void warmUp(PanelProduct tile, Key key) {
    int rows = tile.rowsAtOnce();
    float[] x = new float[WARM_UP_RUN * key.termStep + 16 * key.rowStep];
    float[] panel = new float[WARM_UP_RUN * key.panelStep + key.vectors * LANES];
    int width = key.vectors * LANES;
    float[] out = new float[16 * width];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      tile.accumulate(WARM_UP_RUN, x, 0, panel, 0, out, 0, width, i % 2 == 0 ? rows : 1);
    }
  }

  /** The distance between terms that a tile's class is defined for. */
  static int termStep(Lookup tile) {
    return ConstantClasses.constant(tile, 0);
  }

  /** The distance between rows that a tile's class is defined for. */
  static int rowStep(Lookup tile) {
    return ConstantClasses.constant(tile, 1);
  }

  /** The distance between rows of the panel that a tile's class is defined for. */
  static int panelStep(Lookup tile) {
    return ConstantClasses.constant(tile, 2);
  }
}
