package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import jdk.incubator.vector.FloatVector;

/**
 * {@link DepthwiseGradient} a vector of channels at a time, a run of pixels in a tile where there
 * is one for such windows. A last vector that the channels do not fill sums what lies behind them,
 * too: it means nothing.
 */
public final class SimdDepthwiseGradient implements DepthwiseGradient {
  private final DepthwiseWindows windows;
  private final GradientTile run;
  private final GradientTile pixel;

  /**
   * @param windows of at least as many channels as a vector has lanes
   */
  public SimdDepthwiseGradient(DepthwiseWindows windows) {
    this.windows = windows;
    int channels = windows.channels();
    boolean square = windows.isGrid(3, 3) && windows.yStep() == channels;
    if (square && windows.xStep() == channels) {
      run = DepthwiseTiles.gradient(Gradient3x3Run7.class, channels);
    } else if (square && windows.xStep() == 2 * channels) {
      run = DepthwiseTiles.gradient(Gradient3x3Strided7.class, channels);
    } else {
      run = null;
    }
    pixel = run == null ? null : DepthwiseTiles.gradient(Gradient3x3Pixel.class, channels);
  }

  @Override
  public void accumulate(
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int rows,
      int first,
      int until) {
    for (int row = 0; row < rows; row++) {
      int window = xStart + row * windows.xRowStep();
      int from = dyStart + row * windows.yRowStep();
      if (run == null) {
        anyTaps(x, window, dy, from, sums, sumsStart, first, until);
      } else {
        square(x, window, dy, from, sums, sumsStart, first, until);
      }
    }
  }

  private void square(
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int first,
      int until) {
    int tapRowStep = windows.tapRowStep(3);
    int pixels = windows.pixels();
    int whole = pixels / RUN * RUN;
    for (int p = 0; p < pixels; p += p < whole ? RUN : 1) {
      GradientTile tile = p < whole ? run : pixel;
      int window = xStart + p * windows.xStep() + windows.offsets()[0];
      int from = dyStart + p * windows.yStep();
      tile.add(x, window, tapRowStep, dy, from, sums, sumsStart, first, until);
    }
  }

  private void anyTaps(
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int first,
      int until) {
    int pixels = windows.pixels();
    int whole = pixels / RUN * RUN;
    for (int tap = 0; tap < windows.taps(); tap++) {
      int window = xStart + windows.offsets()[tap];
      for (int c = first; c < until; c += LANES) {
        int channel = c - first;
        int at = sumsStart + (channel / GROUP * windows.taps() + tap) * GROUP + channel % GROUP;
        FloatVector sum = FloatVector.fromArray(FLOATS, sums, at);
        for (int p = 0; p < whole; p += RUN) {
          sum = sum.add(sum(x, window + c, dy, dyStart + c, p, p + RUN, FloatVector.zero(FLOATS)));
        }
        sum(x, window + c, dy, dyStart + c, whole, pixels, sum).intoArray(sums, at);
      }
    }
  }

  /** Adds the pixels from {@code first} to {@code until} to a sum. */
  private FloatVector sum(
      float[] x, int xStart, float[] dy, int dyStart, int first, int until, FloatVector start) {
    int xStep = windows.xStep();
    int yStep = windows.yStep();
    FloatVector sum = start;
    for (int p = first; p < until; p++) {
      sum =
          FloatVector.fromArray(FLOATS, x, xStart + p * xStep)
              .fma(FloatVector.fromArray(FLOATS, dy, dyStart + p * yStep), sum);
    }
    return sum;
  }
}
