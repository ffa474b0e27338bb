package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Register tiles of depthwise convolutions: the sums of some neighbouring windows stay in registers
 * for a vector of channels, while each pixel is loaded once for all windows that hold it. The loop
 * goes along the channels, which lie side by side in memory.
 *
 * <pre>
 *     x00 x01 x02 x03 x04      two rows of three windows: 20 loads of pixels and 9 of weights
 *     x10 x11 x12 x13 x14      for 54 multiply-adds
 *     x20 x21 x22 x23 x24
 *     x30 x31 x32 x33 x34
 * </pre>
 *
 * <p>Where a pixel lies from the first of its row has to be a constant to the compiler, which then
 * takes all bounds checks out of the loop: so a tile is defined anew for each number of channels
 * ({@link ConstantClasses}). For the rest see {@link io.convoy.kernel.simd.tile.Tiles}: what it
 * says of sums, loops and the first calls holds here, too.
 */
final class DepthwiseTiles {
  private static final int WARM_UP_CALLS = 20_000;
  private static final int WARM_UP_VECTORS = 3;
  private static final int WARM_UP_PIXELS = 16;
  private static final int WARM_UP_ROWS = 4;

  /** What a tile is compiled for. */
  private record Key(Class<?> template, int channels) {}

  private static final Map<Key, CorrelationTile> CORRELATIONS = new ConcurrentHashMap<>();
  private static final Map<Key, GradientTile> GRADIENTS = new ConcurrentHashMap<>();

  private DepthwiseTiles() {}

  static CorrelationTile correlation(Class<? extends CorrelationTile> template, int channels) {
    return CORRELATIONS.computeIfAbsent(
        new Key(template, channels),
        key -> {
          CorrelationTile tile =
              ConstantClasses.define(MethodHandles.lookup(), template, List.of(channels));
          warmUp(tile, channels);
          return tile;
        });
  }

  static GradientTile gradient(Class<? extends GradientTile> template, int channels) {
    return GRADIENTS.computeIfAbsent(
        new Key(template, channels),
        key -> {
          GradientTile tile =
              ConstantClasses.define(MethodHandles.lookup(), template, List.of(channels));
          warmUp(tile, channels);
          return tile;
        });
  }

  private static void warmUp(CorrelationTile tile, int channels) {
    int row = WARM_UP_PIXELS * channels;
    float[] x = new float[WARM_UP_ROWS * row];
    float[] weights = new float[9 * DepthwiseWindows.pitch(channels)];
    int until = Math.min(channels / LANES, WARM_UP_VECTORS) * LANES;
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      tile.correlate(x, 0, row, weights, weights, 0, x, 0, row, 0, until);
    }
  }

  private static void warmUp(GradientTile tile, int channels) {
    int row = WARM_UP_PIXELS * channels;
    float[] x = new float[WARM_UP_ROWS * row];
    float[] sums = new float[DepthwiseGradient.sumFloats(9, channels)];
    int until = Math.min(channels / LANES, WARM_UP_VECTORS) * LANES;
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      tile.add(x, 0, row, x, 0, sums, 0, 0, until);
    }
  }
}
