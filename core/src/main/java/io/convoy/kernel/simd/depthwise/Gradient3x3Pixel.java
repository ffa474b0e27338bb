package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.DepthwiseGradient.GROUP;
import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;
import static io.convoy.kernel.simd.depthwise.GradientTile.place;

import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** One window of 3x3 taps. See {@link DepthwiseTiles}. */
final class Gradient3x3Pixel implements GradientTile {
  private static final int CHANNELS = ConstantClasses.constant(MethodHandles.lookup(), 0);

  @Override
  public void add(
      float[] x,
      int xStart,
      int xRowStep,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int first,
      int until) {
    int row1 = xStart + xRowStep;
    int row2 = xStart + 2 * xRowStep;
    for (int c = first; c < until; c += LANES) {
      int to = sumsStart + place(c - first);
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
      x0.fma(g, FloatVector.fromArray(FLOATS, sums, to)).intoArray(sums, to);
      x1.fma(g, FloatVector.fromArray(FLOATS, sums, to + GROUP)).intoArray(sums, to + GROUP);
      x2.fma(g, FloatVector.fromArray(FLOATS, sums, to + 2 * GROUP))
          .intoArray(sums, to + 2 * GROUP);
      x3.fma(g, FloatVector.fromArray(FLOATS, sums, to + 3 * GROUP))
          .intoArray(sums, to + 3 * GROUP);
      x4.fma(g, FloatVector.fromArray(FLOATS, sums, to + 4 * GROUP))
          .intoArray(sums, to + 4 * GROUP);
      x5.fma(g, FloatVector.fromArray(FLOATS, sums, to + 5 * GROUP))
          .intoArray(sums, to + 5 * GROUP);
      x6.fma(g, FloatVector.fromArray(FLOATS, sums, to + 6 * GROUP))
          .intoArray(sums, to + 6 * GROUP);
      x7.fma(g, FloatVector.fromArray(FLOATS, sums, to + 7 * GROUP))
          .intoArray(sums, to + 7 * GROUP);
      x8.fma(g, FloatVector.fromArray(FLOATS, sums, to + 8 * GROUP))
          .intoArray(sums, to + 8 * GROUP);
    }
  }
}
