// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Seven windows of 3x3 taps, side by side. See {@link DepthwiseTiles}. */
@SuppressWarnings("checkstyle:MethodLength") // sums must be local variables
final class Taps3x3Tile1x7 implements CorrelationTile {
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
    for (int c = first; c < until; c += LANES) {
      FloatVector a0 = zero;
      FloatVector a1 = zero;
      FloatVector a2 = zero;
      FloatVector a3 = zero;
      FloatVector a4 = zero;
      FloatVector a5 = zero;
      FloatVector a6 = zero;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, c);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, c + PITCH);
      FloatVector w2 = FloatVector.fromArray(FLOATS, weights, c + 2 * PITCH);
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
      a3 = x03.fma(w0, a3);
      FloatVector x04 = FloatVector.fromArray(FLOATS, x, xStart + c + 4 * CHANNELS);
      a2 = x04.fma(w2, a2);
      a3 = x04.fma(w1, a3);
      a4 = x04.fma(w0, a4);
      FloatVector x05 = FloatVector.fromArray(FLOATS, x, xStart + c + 5 * CHANNELS);
      a3 = x05.fma(w2, a3);
      a4 = x05.fma(w1, a4);
      a5 = x05.fma(w0, a5);
      FloatVector x06 = FloatVector.fromArray(FLOATS, x, xStart + c + 6 * CHANNELS);
      a4 = x06.fma(w2, a4);
      a5 = x06.fma(w1, a5);
      a6 = x06.fma(w0, a6);
      FloatVector x07 = FloatVector.fromArray(FLOATS, x, xStart + c + 7 * CHANNELS);
      a5 = x07.fma(w2, a5);
      a6 = x07.fma(w1, a6);
      FloatVector x08 = FloatVector.fromArray(FLOATS, x, xStart + c + 8 * CHANNELS);
      a6 = x08.fma(w2, a6);
      FloatVector w3 = FloatVector.fromArray(FLOATS, weights, c + 3 * PITCH);
      FloatVector w4 = FloatVector.fromArray(FLOATS, weights, c + 4 * PITCH);
      FloatVector w5 = FloatVector.fromArray(FLOATS, weights, c + 5 * PITCH);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, row1 + c);
      a0 = x10.fma(w3, a0);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, row1 + c + CHANNELS);
      a0 = x11.fma(w4, a0);
      a1 = x11.fma(w3, a1);
      FloatVector x12 = FloatVector.fromArray(FLOATS, x, row1 + c + 2 * CHANNELS);
      a0 = x12.fma(w5, a0);
      a1 = x12.fma(w4, a1);
      a2 = x12.fma(w3, a2);
      FloatVector x13 = FloatVector.fromArray(FLOATS, x, row1 + c + 3 * CHANNELS);
      a1 = x13.fma(w5, a1);
      a2 = x13.fma(w4, a2);
      a3 = x13.fma(w3, a3);
      FloatVector x14 = FloatVector.fromArray(FLOATS, x, row1 + c + 4 * CHANNELS);
      a2 = x14.fma(w5, a2);
      a3 = x14.fma(w4, a3);
      a4 = x14.fma(w3, a4);
      FloatVector x15 = FloatVector.fromArray(FLOATS, x, row1 + c + 5 * CHANNELS);
      a3 = x15.fma(w5, a3);
      a4 = x15.fma(w4, a4);
      a5 = x15.fma(w3, a5);
      FloatVector x16 = FloatVector.fromArray(FLOATS, x, row1 + c + 6 * CHANNELS);
      a4 = x16.fma(w5, a4);
      a5 = x16.fma(w4, a5);
      a6 = x16.fma(w3, a6);
      FloatVector x17 = FloatVector.fromArray(FLOATS, x, row1 + c + 7 * CHANNELS);
      a5 = x17.fma(w5, a5);
      a6 = x17.fma(w4, a6);
      FloatVector x18 = FloatVector.fromArray(FLOATS, x, row1 + c + 8 * CHANNELS);
      a6 = x18.fma(w5, a6);
      FloatVector w6 = FloatVector.fromArray(FLOATS, weights, c + 6 * PITCH);
      FloatVector w7 = FloatVector.fromArray(FLOATS, weights, c + 7 * PITCH);
      FloatVector w8 = FloatVector.fromArray(FLOATS, weights, c + 8 * PITCH);
      FloatVector x20 = FloatVector.fromArray(FLOATS, x, row2 + c);
      a0 = x20.fma(w6, a0);
      FloatVector x21 = FloatVector.fromArray(FLOATS, x, row2 + c + CHANNELS);
      a0 = x21.fma(w7, a0);
      a1 = x21.fma(w6, a1);
      FloatVector x22 = FloatVector.fromArray(FLOATS, x, row2 + c + 2 * CHANNELS);
      a0 = x22.fma(w8, a0);
      a1 = x22.fma(w7, a1);
      a2 = x22.fma(w6, a2);
      FloatVector x23 = FloatVector.fromArray(FLOATS, x, row2 + c + 3 * CHANNELS);
      a1 = x23.fma(w8, a1);
      a2 = x23.fma(w7, a2);
      a3 = x23.fma(w6, a3);
      FloatVector x24 = FloatVector.fromArray(FLOATS, x, row2 + c + 4 * CHANNELS);
      a2 = x24.fma(w8, a2);
      a3 = x24.fma(w7, a3);
      a4 = x24.fma(w6, a4);
      FloatVector x25 = FloatVector.fromArray(FLOATS, x, row2 + c + 5 * CHANNELS);
      a3 = x25.fma(w8, a3);
      a4 = x25.fma(w7, a4);
      a5 = x25.fma(w6, a5);
      FloatVector x26 = FloatVector.fromArray(FLOATS, x, row2 + c + 6 * CHANNELS);
      a4 = x26.fma(w8, a4);
      a5 = x26.fma(w7, a5);
      a6 = x26.fma(w6, a6);
      FloatVector x27 = FloatVector.fromArray(FLOATS, x, row2 + c + 7 * CHANNELS);
      a5 = x27.fma(w8, a5);
      a6 = x27.fma(w7, a6);
      FloatVector x28 = FloatVector.fromArray(FLOATS, x, row2 + c + 8 * CHANNELS);
      a6 = x28.fma(w8, a6);
      FloatVector start = FloatVector.fromArray(FLOATS, bias, biasStart + c);
      start.add(a0).intoArray(y, yStart + c);
      start.add(a1).intoArray(y, yStart + c + CHANNELS);
      start.add(a2).intoArray(y, yStart + c + 2 * CHANNELS);
      start.add(a3).intoArray(y, yStart + c + 3 * CHANNELS);
      start.add(a4).intoArray(y, yStart + c + 4 * CHANNELS);
      start.add(a5).intoArray(y, yStart + c + 5 * CHANNELS);
      start.add(a6).intoArray(y, yStart + c + 6 * CHANNELS);
    }
  }
}
