package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.Species.FLOATS;
import static io.convoy.kernel.simd.Species.LANES;

import io.convoy.kernel.DepthwiseWindows;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** One window of 3x3 taps. See {@link DepthwiseTiles}. */
final class Gradient3x3Pixel implements GradientTile {
  private static final int CHANNELS = ConstantClasses.constant(MethodHandles.lookup(), 0);
  private static final int PITCH = DepthwiseWindows.pitch(CHANNELS);

  @Override
  public void add(
      float[] x,
      int xStart,
      int xRowStep,
      float[] dy,
      int dyStart,
      float[] sums,
      int first,
      int until) {
    int row1 = xStart + xRowStep;
    int row2 = xStart + 2 * xRowStep;
    for (int c = first; c < until; c += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, dy, dyStart + c);
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, xStart + c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, xStart + c + CHANNELS);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, xStart + c + 2 * CHANNELS);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, row1 + c);
      FloatVector x4 = FloatVector.fromArray(FLOATS, x, row1 + c + CHANNELS);
      FloatVector x5 = FloatVector.fromArray(FLOATS, x, row1 + c + 2 * CHANNELS);
      FloatVector x6 = FloatVector.fromArray(FLOATS, x, row2 + c);
      FloatVector x7 = FloatVector.fromArray(FLOATS, x, row2 + c + CHANNELS);
      FloatVector x8 = FloatVector.fromArray(FLOATS, x, row2 + c + 2 * CHANNELS);
      x0.fma(g, FloatVector.fromArray(FLOATS, sums, c)).intoArray(sums, c);
      x1.fma(g, FloatVector.fromArray(FLOATS, sums, c + PITCH)).intoArray(sums, c + PITCH);
      x2.fma(g, FloatVector.fromArray(FLOATS, sums, c + 2 * PITCH)).intoArray(sums, c + 2 * PITCH);
      x3.fma(g, FloatVector.fromArray(FLOATS, sums, c + 3 * PITCH)).intoArray(sums, c + 3 * PITCH);
      x4.fma(g, FloatVector.fromArray(FLOATS, sums, c + 4 * PITCH)).intoArray(sums, c + 4 * PITCH);
      x5.fma(g, FloatVector.fromArray(FLOATS, sums, c + 5 * PITCH)).intoArray(sums, c + 5 * PITCH);
      x6.fma(g, FloatVector.fromArray(FLOATS, sums, c + 6 * PITCH)).intoArray(sums, c + 6 * PITCH);
      x7.fma(g, FloatVector.fromArray(FLOATS, sums, c + 7 * PITCH)).intoArray(sums, c + 7 * PITCH);
      x8.fma(g, FloatVector.fromArray(FLOATS, sums, c + 8 * PITCH)).intoArray(sums, c + 8 * PITCH);
    }
  }
}
