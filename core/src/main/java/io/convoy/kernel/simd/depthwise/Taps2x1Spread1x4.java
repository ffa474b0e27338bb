// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.
package io.convoy.kernel.simd.depthwise;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * Four windows of 2x1 taps, side by side, to outputs two pixels apart. See {@link DepthwiseTiles}.
 */
final class Taps2x1Spread1x4 implements CorrelationTile {
  private static final int CHANNELS = ConstantClasses.constant(MethodHandles.lookup(), 0);
  private static final int OUTPUT = 2 * CHANNELS;
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
    for (int c = first; c < until; c += LANES) {
      FloatVector a0 = zero;
      FloatVector a1 = zero;
      FloatVector a2 = zero;
      FloatVector a3 = zero;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, c);
      FloatVector x00 = FloatVector.fromArray(FLOATS, x, xStart + c);
      a0 = x00.fma(w0, a0);
      FloatVector x01 = FloatVector.fromArray(FLOATS, x, xStart + c + CHANNELS);
      a1 = x01.fma(w0, a1);
      FloatVector x02 = FloatVector.fromArray(FLOATS, x, xStart + c + 2 * CHANNELS);
      a2 = x02.fma(w0, a2);
      FloatVector x03 = FloatVector.fromArray(FLOATS, x, xStart + c + 3 * CHANNELS);
      a3 = x03.fma(w0, a3);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, c + PITCH);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, row1 + c);
      a0 = x10.fma(w1, a0);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, row1 + c + CHANNELS);
      a1 = x11.fma(w1, a1);
      FloatVector x12 = FloatVector.fromArray(FLOATS, x, row1 + c + 2 * CHANNELS);
      a2 = x12.fma(w1, a2);
      FloatVector x13 = FloatVector.fromArray(FLOATS, x, row1 + c + 3 * CHANNELS);
      a3 = x13.fma(w1, a3);
      FloatVector start = FloatVector.fromArray(FLOATS, bias, biasStart + c);
      start.add(a0).intoArray(y, yStart + c);
      start.add(a1).intoArray(y, yStart + c + OUTPUT);
      start.add(a2).intoArray(y, yStart + c + 2 * OUTPUT);
      start.add(a3).intoArray(y, yStart + c + 3 * OUTPUT);
    }
  }
}
