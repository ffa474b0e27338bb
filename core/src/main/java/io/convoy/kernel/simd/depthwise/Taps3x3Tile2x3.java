// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Two rows of three windows of 3x3 taps, side by side. See {@link DepthwiseTiles}. */
@SuppressWarnings("checkstyle:MethodLength") // sums must be local variables
final class Taps3x3Tile2x3 implements CorrelationTile {
  private static final int CHANNELS = ConstantClasses.constant(MethodHandles.lookup(), 0);
  private static final int PITCH = DepthwiseWindows.pitch(CHANNELS);

  @Override
  public void correlate(
      float[] x,
      int xStart,
      int xRowStep,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yRowStep,
      int first,
      int until) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int row1 = xStart + xRowStep;
    int row2 = xStart + 2 * xRowStep;
    int row3 = xStart + 3 * xRowStep;
    int yRow1 = yStart + yRowStep;
    for (int c = first; c < until; c += LANES) {
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, c);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, c + PITCH);
      FloatVector w2 = FloatVector.fromArray(FLOATS, weights, c + 2 * PITCH);
      FloatVector w3 = FloatVector.fromArray(FLOATS, weights, c + 3 * PITCH);
      FloatVector w4 = FloatVector.fromArray(FLOATS, weights, c + 4 * PITCH);
      FloatVector w5 = FloatVector.fromArray(FLOATS, weights, c + 5 * PITCH);
      FloatVector w6 = FloatVector.fromArray(FLOATS, weights, c + 6 * PITCH);
      FloatVector w7 = FloatVector.fromArray(FLOATS, weights, c + 7 * PITCH);
      FloatVector w8 = FloatVector.fromArray(FLOATS, weights, c + 8 * PITCH);
      FloatVector a0 = zero;
      FloatVector a1 = zero;
      FloatVector a2 = zero;
      FloatVector b0 = zero;
      FloatVector b1 = zero;
      FloatVector b2 = zero;
      FloatVector x00 = FloatVector.fromArray(FLOATS, x, xStart + c);
      a0 = x00.fma(w0, a0);
      FloatVector x01 = FloatVector.fromArray(FLOATS, x, xStart + c + CHANNELS);
      a0 = x01.fma(w1, a0);
      a1 = x01.fma(w0, a1);
      FloatVector x02 = FloatVector.fromArray(FLOATS, x, xStart + c + 2 * CHANNELS);
      a0 = x02.fma(w2, a0);
      a1 = x02.fma(w1, a1);
      a2 = x02.fma(w0, a2);
      FloatVector x03 = FloatVector.fromArray(FLOATS, x, xStart + c + 3 * CHANNELS);
      a1 = x03.fma(w2, a1);
      a2 = x03.fma(w1, a2);
      FloatVector x04 = FloatVector.fromArray(FLOATS, x, xStart + c + 4 * CHANNELS);
      a2 = x04.fma(w2, a2);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, row1 + c);
      a0 = x10.fma(w3, a0);
      b0 = x10.fma(w0, b0);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, row1 + c + CHANNELS);
      a0 = x11.fma(w4, a0);
      a1 = x11.fma(w3, a1);
      b0 = x11.fma(w1, b0);
      b1 = x11.fma(w0, b1);
      FloatVector x12 = FloatVector.fromArray(FLOATS, x, row1 + c + 2 * CHANNELS);
      a0 = x12.fma(w5, a0);
      a1 = x12.fma(w4, a1);
      a2 = x12.fma(w3, a2);
      b0 = x12.fma(w2, b0);
      b1 = x12.fma(w1, b1);
      b2 = x12.fma(w0, b2);
      FloatVector x13 = FloatVector.fromArray(FLOATS, x, row1 + c + 3 * CHANNELS);
      a1 = x13.fma(w5, a1);
      a2 = x13.fma(w4, a2);
      b1 = x13.fma(w2, b1);
      b2 = x13.fma(w1, b2);
      FloatVector x14 = FloatVector.fromArray(FLOATS, x, row1 + c + 4 * CHANNELS);
      a2 = x14.fma(w5, a2);
      b2 = x14.fma(w2, b2);
      FloatVector x20 = FloatVector.fromArray(FLOATS, x, row2 + c);
      a0 = x20.fma(w6, a0);
      b0 = x20.fma(w3, b0);
      FloatVector x21 = FloatVector.fromArray(FLOATS, x, row2 + c + CHANNELS);
      a0 = x21.fma(w7, a0);
      a1 = x21.fma(w6, a1);
      b0 = x21.fma(w4, b0);
      b1 = x21.fma(w3, b1);
      FloatVector x22 = FloatVector.fromArray(FLOATS, x, row2 + c + 2 * CHANNELS);
      a0 = x22.fma(w8, a0);
      a1 = x22.fma(w7, a1);
      a2 = x22.fma(w6, a2);
      b0 = x22.fma(w5, b0);
      b1 = x22.fma(w4, b1);
      b2 = x22.fma(w3, b2);
      FloatVector x23 = FloatVector.fromArray(FLOATS, x, row2 + c + 3 * CHANNELS);
      a1 = x23.fma(w8, a1);
      a2 = x23.fma(w7, a2);
      b1 = x23.fma(w5, b1);
      b2 = x23.fma(w4, b2);
      FloatVector x24 = FloatVector.fromArray(FLOATS, x, row2 + c + 4 * CHANNELS);
      a2 = x24.fma(w8, a2);
      b2 = x24.fma(w5, b2);
      FloatVector x30 = FloatVector.fromArray(FLOATS, x, row3 + c);
      b0 = x30.fma(w6, b0);
      FloatVector x31 = FloatVector.fromArray(FLOATS, x, row3 + c + CHANNELS);
      b0 = x31.fma(w7, b0);
      b1 = x31.fma(w6, b1);
      FloatVector x32 = FloatVector.fromArray(FLOATS, x, row3 + c + 2 * CHANNELS);
      b0 = x32.fma(w8, b0);
      b1 = x32.fma(w7, b1);
      b2 = x32.fma(w6, b2);
      FloatVector x33 = FloatVector.fromArray(FLOATS, x, row3 + c + 3 * CHANNELS);
      b1 = x33.fma(w8, b1);
      b2 = x33.fma(w7, b2);
      FloatVector x34 = FloatVector.fromArray(FLOATS, x, row3 + c + 4 * CHANNELS);
      b2 = x34.fma(w8, b2);
      FloatVector start = FloatVector.fromArray(FLOATS, bias, biasStart + c);
      start.add(a0).intoArray(y, yStart + c);
      start.add(a1).intoArray(y, yStart + c + CHANNELS);
      start.add(a2).intoArray(y, yStart + c + 2 * CHANNELS);
      start.add(b0).intoArray(y, yRow1 + c);
      start.add(b1).intoArray(y, yRow1 + c + CHANNELS);
      start.add(b2).intoArray(y, yRow1 + c + 2 * CHANNELS);
    }
  }
}
