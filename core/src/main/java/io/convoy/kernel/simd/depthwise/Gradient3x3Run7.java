// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.DepthwiseGradient.GROUP;
import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;
import static io.convoy.kernel.simd.depthwise.GradientTile.place;

import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Seven windows of 3x3 taps, side by side. See {@link DepthwiseTiles}. */
@SuppressWarnings("checkstyle:MethodLength") // sums must be local variables
final class Gradient3x3Run7 implements GradientTile {
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
    for (int c = first; c < until; c += LANES) {
      vector(x, xStart + c, xRowStep, dy, dyStart + c, sums, sumsStart + place(c - first));
    }
  }

  /** One vector of channels. Without a loop here the compiler merges most bounds checks. */
  private static void vector(
      float[] x, int xStart, int xRowStep, float[] dy, int dyStart, float[] sums, int to) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int row1 = xStart + xRowStep;
    int row2 = xStart + 2 * xRowStep;
    FloatVector g0 = FloatVector.fromArray(FLOATS, dy, dyStart);
    FloatVector g1 = FloatVector.fromArray(FLOATS, dy, dyStart + CHANNELS);
    FloatVector g2 = FloatVector.fromArray(FLOATS, dy, dyStart + 2 * CHANNELS);
    FloatVector g3 = FloatVector.fromArray(FLOATS, dy, dyStart + 3 * CHANNELS);
    FloatVector g4 = FloatVector.fromArray(FLOATS, dy, dyStart + 4 * CHANNELS);
    FloatVector g5 = FloatVector.fromArray(FLOATS, dy, dyStart + 5 * CHANNELS);
    FloatVector g6 = FloatVector.fromArray(FLOATS, dy, dyStart + 6 * CHANNELS);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    FloatVector s2 = zero;
    FloatVector x00 = FloatVector.fromArray(FLOATS, x, xStart);
    s0 = x00.fma(g0, s0);
    FloatVector x01 = FloatVector.fromArray(FLOATS, x, xStart + CHANNELS);
    s0 = x01.fma(g1, s0);
    s1 = x01.fma(g0, s1);
    FloatVector x02 = FloatVector.fromArray(FLOATS, x, xStart + 2 * CHANNELS);
    s0 = x02.fma(g2, s0);
    s1 = x02.fma(g1, s1);
    s2 = x02.fma(g0, s2);
    FloatVector x03 = FloatVector.fromArray(FLOATS, x, xStart + 3 * CHANNELS);
    s0 = x03.fma(g3, s0);
    s1 = x03.fma(g2, s1);
    s2 = x03.fma(g1, s2);
    FloatVector x04 = FloatVector.fromArray(FLOATS, x, xStart + 4 * CHANNELS);
    s0 = x04.fma(g4, s0);
    s1 = x04.fma(g3, s1);
    s2 = x04.fma(g2, s2);
    FloatVector x05 = FloatVector.fromArray(FLOATS, x, xStart + 5 * CHANNELS);
    s0 = x05.fma(g5, s0);
    s1 = x05.fma(g4, s1);
    s2 = x05.fma(g3, s2);
    FloatVector x06 = FloatVector.fromArray(FLOATS, x, xStart + 6 * CHANNELS);
    s0 = x06.fma(g6, s0);
    s1 = x06.fma(g5, s1);
    s2 = x06.fma(g4, s2);
    FloatVector x07 = FloatVector.fromArray(FLOATS, x, xStart + 7 * CHANNELS);
    s1 = x07.fma(g6, s1);
    s2 = x07.fma(g5, s2);
    FloatVector x08 = FloatVector.fromArray(FLOATS, x, xStart + 8 * CHANNELS);
    s2 = x08.fma(g6, s2);
    s0.add(FloatVector.fromArray(FLOATS, sums, to)).intoArray(sums, to);
    s1.add(FloatVector.fromArray(FLOATS, sums, to + GROUP)).intoArray(sums, to + GROUP);
    s2.add(FloatVector.fromArray(FLOATS, sums, to + 2 * GROUP)).intoArray(sums, to + 2 * GROUP);
    FloatVector s3 = zero;
    FloatVector s4 = zero;
    FloatVector s5 = zero;
    FloatVector x10 = FloatVector.fromArray(FLOATS, x, row1);
    s3 = x10.fma(g0, s3);
    FloatVector x11 = FloatVector.fromArray(FLOATS, x, row1 + CHANNELS);
    s3 = x11.fma(g1, s3);
    s4 = x11.fma(g0, s4);
    FloatVector x12 = FloatVector.fromArray(FLOATS, x, row1 + 2 * CHANNELS);
    s3 = x12.fma(g2, s3);
    s4 = x12.fma(g1, s4);
    s5 = x12.fma(g0, s5);
    FloatVector x13 = FloatVector.fromArray(FLOATS, x, row1 + 3 * CHANNELS);
    s3 = x13.fma(g3, s3);
    s4 = x13.fma(g2, s4);
    s5 = x13.fma(g1, s5);
    FloatVector x14 = FloatVector.fromArray(FLOATS, x, row1 + 4 * CHANNELS);
    s3 = x14.fma(g4, s3);
    s4 = x14.fma(g3, s4);
    s5 = x14.fma(g2, s5);
    FloatVector x15 = FloatVector.fromArray(FLOATS, x, row1 + 5 * CHANNELS);
    s3 = x15.fma(g5, s3);
    s4 = x15.fma(g4, s4);
    s5 = x15.fma(g3, s5);
    FloatVector x16 = FloatVector.fromArray(FLOATS, x, row1 + 6 * CHANNELS);
    s3 = x16.fma(g6, s3);
    s4 = x16.fma(g5, s4);
    s5 = x16.fma(g4, s5);
    FloatVector x17 = FloatVector.fromArray(FLOATS, x, row1 + 7 * CHANNELS);
    s4 = x17.fma(g6, s4);
    s5 = x17.fma(g5, s5);
    FloatVector x18 = FloatVector.fromArray(FLOATS, x, row1 + 8 * CHANNELS);
    s5 = x18.fma(g6, s5);
    s3.add(FloatVector.fromArray(FLOATS, sums, to + 3 * GROUP)).intoArray(sums, to + 3 * GROUP);
    s4.add(FloatVector.fromArray(FLOATS, sums, to + 4 * GROUP)).intoArray(sums, to + 4 * GROUP);
    s5.add(FloatVector.fromArray(FLOATS, sums, to + 5 * GROUP)).intoArray(sums, to + 5 * GROUP);
    FloatVector s6 = zero;
    FloatVector s7 = zero;
    FloatVector s8 = zero;
    FloatVector x20 = FloatVector.fromArray(FLOATS, x, row2);
    s6 = x20.fma(g0, s6);
    FloatVector x21 = FloatVector.fromArray(FLOATS, x, row2 + CHANNELS);
    s6 = x21.fma(g1, s6);
    s7 = x21.fma(g0, s7);
    FloatVector x22 = FloatVector.fromArray(FLOATS, x, row2 + 2 * CHANNELS);
    s6 = x22.fma(g2, s6);
    s7 = x22.fma(g1, s7);
    s8 = x22.fma(g0, s8);
    FloatVector x23 = FloatVector.fromArray(FLOATS, x, row2 + 3 * CHANNELS);
    s6 = x23.fma(g3, s6);
    s7 = x23.fma(g2, s7);
    s8 = x23.fma(g1, s8);
    FloatVector x24 = FloatVector.fromArray(FLOATS, x, row2 + 4 * CHANNELS);
    s6 = x24.fma(g4, s6);
    s7 = x24.fma(g3, s7);
    s8 = x24.fma(g2, s8);
    FloatVector x25 = FloatVector.fromArray(FLOATS, x, row2 + 5 * CHANNELS);
    s6 = x25.fma(g5, s6);
    s7 = x25.fma(g4, s7);
    s8 = x25.fma(g3, s8);
    FloatVector x26 = FloatVector.fromArray(FLOATS, x, row2 + 6 * CHANNELS);
    s6 = x26.fma(g6, s6);
    s7 = x26.fma(g5, s7);
    s8 = x26.fma(g4, s8);
    FloatVector x27 = FloatVector.fromArray(FLOATS, x, row2 + 7 * CHANNELS);
    s7 = x27.fma(g6, s7);
    s8 = x27.fma(g5, s8);
    FloatVector x28 = FloatVector.fromArray(FLOATS, x, row2 + 8 * CHANNELS);
    s8 = x28.fma(g6, s8);
    s6.add(FloatVector.fromArray(FLOATS, sums, to + 6 * GROUP)).intoArray(sums, to + 6 * GROUP);
    s7.add(FloatVector.fromArray(FLOATS, sums, to + 7 * GROUP)).intoArray(sums, to + 7 * GROUP);
    s8.add(FloatVector.fromArray(FLOATS, sums, to + 8 * GROUP)).intoArray(sums, to + 8 * GROUP);
  }
}
