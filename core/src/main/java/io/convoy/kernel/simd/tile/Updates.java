package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelUpdate;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Updates with some rows of a panel in registers, while the rows of sums go by. As {@link Tiles},
 * they are classes that are defined anew for each set of distances in memory, and are called many
 * times before they are used.
 */
public final class Updates {
  private static final int WARM_UP_CALLS = 5_000;
  private static final int WARM_UP_ROWS = 4;

  /** What an update is compiled for. */
  private record Key(int panelStep, int outStep) {}

  private static final Map<Key, PanelUpdate> DEFINED = new ConcurrentHashMap<>();

  private Updates() {}

  /** The update for operands at these distances: see {@link Kernels#update}. */
  public static PanelUpdate of(int panelStep, int outStep) {
    return DEFINED.computeIfAbsent(new Key(panelStep, outStep), Updates::define);
  }

  private static PanelUpdate define(Key key) {
    // half as many registers hold half as many terms
    Class<? extends PanelUpdate> template = LANES == 16 ? Update8x2.class : Update4x2.class;
    PanelUpdate update =
        ConstantClasses.define(
            MethodHandles.lookup(), template, List.of(key.panelStep, key.outStep));
    warmUp(update, key);
    return update;
  }

  private static void warmUp(PanelUpdate update, Key key) {
    float[] x = new float[WARM_UP_ROWS * PanelUpdate.TERMS];
    float[] panel = new float[PanelUpdate.TERMS * key.panelStep + PanelUpdate.COLUMNS];
    float[] out = new float[WARM_UP_ROWS * key.outStep + PanelUpdate.COLUMNS];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      update.update(8, x, 0, panel, 0, out, 0, WARM_UP_ROWS, PanelUpdate.COLUMNS);
      update.update(3, x, 0, panel, 0, out, 0, WARM_UP_ROWS, PanelUpdate.COLUMNS);
    }
  }

  /** The distance between rows of the panel that an update's class is defined for. */
  static int panelStep(Lookup update) {
    return ConstantClasses.constant(update, 0);
  }

  /** The distance between rows of sums that an update's class is defined for. */
  static int outStep(Lookup update) {
    return ConstantClasses.constant(update, 1);
  }
}
