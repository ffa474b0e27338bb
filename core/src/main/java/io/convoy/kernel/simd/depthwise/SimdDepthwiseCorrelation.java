package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseWindows;
import jdk.incubator.vector.FloatVector;

/**
 * {@link DepthwiseCorrelation} a vector of channels at a time, in tiles where there are some for
 * such windows. Rows, pixels and channels that do not fill the last tile or vector are computed
 * together with some before them once more, to the same bits.
 */
public final class SimdDepthwiseCorrelation implements DepthwiseCorrelation {
  private static final int BLOCK = 4;

  private final DepthwiseWindows windows;
  private final Tiling tiling;
  private final CorrelationTile tile;

  /**
   * What computes a block of windows.
   *
   * @param template the tile's class
   * @param tapColumns taps of a row of a window
   * @param rows rows of windows of a tile
   * @param pixels windows of a row of a tile
   */
  private record Tiling(
      Class<? extends CorrelationTile> template, int tapColumns, int rows, int pixels) {}

  /**
   * @param windows of at least as many channels as a vector has lanes
   */
  public SimdDepthwiseCorrelation(DepthwiseWindows windows) {
    this.windows = windows;
    tiling = tiling(windows);
    tile = tiling == null ? null : DepthwiseTiles.correlation(tiling.template, windows.channels());
  }

  /** The tile for such windows; null where there is none. */
  private static Tiling tiling(DepthwiseWindows windows) {
    int channels = windows.channels();
    if (windows.isGrid(3, 3) && windows.yStep() == channels) {
      return square(windows);
    }
    if (windows.xStep() != channels || windows.yStep() != 2 * channels) {
      return null;
    }
    if (windows.isGrid(1, 1)) {
      return new Tiling(Taps1x1Spread1x4.class, 1, 1, 4);
    }
    if (windows.isGrid(1, 2)) {
      return new Tiling(Taps1x2Spread1x4.class, 2, 1, 4);
    }
    if (windows.isGrid(2, 1)) {
      return new Tiling(Taps2x1Spread1x4.class, 1, 1, 4);
    }
    return windows.isGrid(2, 2) ? new Tiling(Taps2x2Spread1x4.class, 2, 1, 4) : null;
  }

  private static Tiling square(DepthwiseWindows windows) {
    int channels = windows.channels();
    if (windows.xStep() == 2 * channels) {
      return new Tiling(Taps3x3Strided1x4.class, 3, 1, 4);
    }
    if (windows.xStep() != channels) {
      return null;
    }
    return windows.pixels() == 7 || windows.xRowStep() != windows.tapRowStep(3)
        ? new Tiling(Taps3x3Tile1x7.class, 3, 1, 7)
        : new Tiling(Taps3x3Tile2x3.class, 3, 2, 3);
  }

  @Override
  public void correlate(
      float[] x,
      int xStart,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int rows) {
    int pixels = windows.pixels();
    if (tile == null || rows < tiling.rows || pixels < tiling.pixels) {
      for (int row = 0; row < rows; row++) {
        int window = xStart + row * windows.xRowStep();
        int to = yStart + row * windows.yRowStep();
        anyTaps(x, window, weights, bias, biasStart, y, to);
      }
      return;
    }
    int tapRowStep = windows.tapRowStep(tiling.tapColumns);
    int channels = windows.channels();
    int whole = FLOATS.loopBound(channels);
    for (int i = 0; i < rows; i += tiling.rows) {
      int row = Math.min(i, rows - tiling.rows);
      for (int j = 0; j < pixels; j += tiling.pixels) {
        int pixel = Math.min(j, pixels - tiling.pixels);
        int window =
            xStart + row * windows.xRowStep() + pixel * windows.xStep() + windows.offsets()[0];
        int to = yStart + row * windows.yRowStep() + pixel * windows.yStep();
        tile.correlate(
            x, window, tapRowStep, weights, bias, biasStart, y, to, windows.yRowStep(), 0, whole);
        if (whole < channels) {
          tile.correlate(
              x,
              window,
              tapRowStep,
              weights,
              bias,
              biasStart,
              y,
              to,
              windows.yRowStep(),
              channels - LANES,
              channels);
        }
      }
    }
  }

  private void anyTaps(
      float[] x, int xStart, float[] weights, float[] bias, int biasStart, float[] y, int yStart) {
    int pixels = windows.pixels();
    int last = windows.channels() - LANES;
    for (int i = 0; i < windows.channels(); i += LANES) {
      int c = Math.min(i, last);
      FloatVector start = FloatVector.fromArray(FLOATS, bias, biasStart + c);
      int pixel = 0;
      for (; pixel + BLOCK <= pixels; pixel += BLOCK) {
        int window = xStart + pixel * windows.xStep() + c;
        block(x, window, weights, c, start, y, yStart + pixel * windows.yStep() + c);
      }
      for (; pixel < pixels; pixel++) {
        int window = xStart + pixel * windows.xStep() + c;
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int tap = 0; tap < windows.taps(); tap++) {
          FloatVector weight = FloatVector.fromArray(FLOATS, weights, tap * windows.pitch() + c);
          sum = FloatVector.fromArray(FLOATS, x, window + windows.offsets()[tap]).fma(weight, sum);
        }
        start.add(sum).intoArray(y, yStart + pixel * windows.yStep() + c);
      }
    }
  }

  /** Windows side by side, for one vector of channels. */
  private void block(
      float[] x, int window, float[] weights, int channel, FloatVector start, float[] y, int to) {
    int[] offsets = windows.offsets();
    int xStep = windows.xStep();
    int yStep = windows.yStep();
    int pitch = windows.pitch();
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int tap = 0; tap < offsets.length; tap++) {
      FloatVector weight = FloatVector.fromArray(FLOATS, weights, tap * pitch + channel);
      int at = window + offsets[tap];
      a = FloatVector.fromArray(FLOATS, x, at).fma(weight, a);
      b = FloatVector.fromArray(FLOATS, x, at + xStep).fma(weight, b);
      c = FloatVector.fromArray(FLOATS, x, at + 2 * xStep).fma(weight, c);
      d = FloatVector.fromArray(FLOATS, x, at + 3 * xStep).fma(weight, d);
    }
    start.add(a).intoArray(y, to);
    start.add(b).intoArray(y, to + yStep);
    start.add(c).intoArray(y, to + 2 * yStep);
    start.add(d).intoArray(y, to + 3 * yStep);
  }
}
