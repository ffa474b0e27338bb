// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.DepthwiseGradient.GROUP;
import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;
import static io.convoy.kernel.simd.depthwise.GradientTile.place;

import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Seven windows of 3x3 taps, two pixels apart. See {@link DepthwiseTiles}. */
final class Gradient3x3Strided7 implements GradientTile {
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
    row(x, xStart, dy, dyStart, sums, sumsStart, first, until);
    row(x, xStart + xRowStep, dy, dyStart, sums, sumsStart + 3 * GROUP, first, until);
    row(x, xStart + 2 * xRowStep, dy, dyStart, sums, sumsStart + 6 * GROUP, first, until);
  }

  /** One row of taps: all nine would be too much for C1. */
  private static void row(
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int first,
      int until) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int c = first; c < until; c += LANES) {
      int to = sumsStart + place(c - first);
      FloatVector g0 = FloatVector.fromArray(FLOATS, dy, dyStart + c);
      FloatVector g1 = FloatVector.fromArray(FLOATS, dy, dyStart + c + CHANNELS);
      FloatVector g2 = FloatVector.fromArray(FLOATS, dy, dyStart + c + 2 * CHANNELS);
      FloatVector g3 = FloatVector.fromArray(FLOATS, dy, dyStart + c + 3 * CHANNELS);
      FloatVector g4 = FloatVector.fromArray(FLOATS, dy, dyStart + c + 4 * CHANNELS);
      FloatVector g5 = FloatVector.fromArray(FLOATS, dy, dyStart + c + 5 * CHANNELS);
      FloatVector g6 = FloatVector.fromArray(FLOATS, dy, dyStart + c + 6 * CHANNELS);
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, xStart + c);
      s0 = x0.fma(g0, s0);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, xStart + c + CHANNELS);
      s1 = x1.fma(g0, s1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, xStart + c + 2 * CHANNELS);
      s0 = x2.fma(g1, s0);
      s2 = x2.fma(g0, s2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, xStart + c + 3 * CHANNELS);
      s1 = x3.fma(g1, s1);
      FloatVector x4 = FloatVector.fromArray(FLOATS, x, xStart + c + 4 * CHANNELS);
      s0 = x4.fma(g2, s0);
      s2 = x4.fma(g1, s2);
      FloatVector x5 = FloatVector.fromArray(FLOATS, x, xStart + c + 5 * CHANNELS);
      s1 = x5.fma(g2, s1);
      FloatVector x6 = FloatVector.fromArray(FLOATS, x, xStart + c + 6 * CHANNELS);
      s0 = x6.fma(g3, s0);
      s2 = x6.fma(g2, s2);
      FloatVector x7 = FloatVector.fromArray(FLOATS, x, xStart + c + 7 * CHANNELS);
      s1 = x7.fma(g3, s1);
      FloatVector x8 = FloatVector.fromArray(FLOATS, x, xStart + c + 8 * CHANNELS);
      s0 = x8.fma(g4, s0);
      s2 = x8.fma(g3, s2);
      FloatVector x9 = FloatVector.fromArray(FLOATS, x, xStart + c + 9 * CHANNELS);
      s1 = x9.fma(g4, s1);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, xStart + c + 10 * CHANNELS);
      s0 = x10.fma(g5, s0);
      s2 = x10.fma(g4, s2);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, xStart + c + 11 * CHANNELS);
      s1 = x11.fma(g5, s1);
      FloatVector x12 = FloatVector.fromArray(FLOATS, x, xStart + c + 12 * CHANNELS);
      s0 = x12.fma(g6, s0);
      s2 = x12.fma(g5, s2);
      FloatVector x13 = FloatVector.fromArray(FLOATS, x, xStart + c + 13 * CHANNELS);
      s1 = x13.fma(g6, s1);
      FloatVector x14 = FloatVector.fromArray(FLOATS, x, xStart + c + 14 * CHANNELS);
      s2 = x14.fma(g6, s2);
      s0.add(FloatVector.fromArray(FLOATS, sums, to)).intoArray(sums, to);
      s1.add(FloatVector.fromArray(FLOATS, sums, to + GROUP)).intoArray(sums, to + GROUP);
      s2.add(FloatVector.fromArray(FLOATS, sums, to + 2 * GROUP)).intoArray(sums, to + 2 * GROUP);
    }
  }
}
