package io.convoy.kernel.simd.winograd;

import static io.convoy.kernel.simd.constant.Species.FLOATS;

import io.convoy.kernel.WinogradForm;
import jdk.incubator.vector.FloatVector;

/**
 * The transforms of a {@link WinogradForm} for a vector of channels: operation by operation the
 * same.
 */
abstract class WinogradPasses {
  static final FloatVector MINUS_2 = FloatVector.broadcast(FLOATS, -2f);
  static final FloatVector TWO = FloatVector.broadcast(FLOATS, 2f);
  static final FloatVector FOUR = FloatVector.broadcast(FLOATS, 4f);
  private static final FloatVector MINUS_5 = FloatVector.broadcast(FLOATS, -5f);
  private static final FloatVector MINUS_4 = FloatVector.broadcast(FLOATS, -4f);

  static WinogradPasses of(WinogradForm form) {
    return switch (form) {
      case F4X3 -> new WinogradPasses4x3();
      case F2X5 -> new WinogradPasses2x5();
    };
  }

  /** {@code y = Bᵀ x}: 6 to 6. */
  static void input(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, at);
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector x4 = FloatVector.fromArray(FLOATS, x, at + 4 * step);
    FloatVector x5 = FloatVector.fromArray(FLOATS, x, at + 5 * step);
    FloatVector even = x2.fma(MINUS_4, x4);
    FloatVector odd = x1.fma(MINUS_4, x3);
    FloatVector even2 = x4.sub(x2);
    FloatVector odd2 = x3.sub(x1);
    x0.fma(FOUR, x2.fma(MINUS_5, x4)).intoArray(y, to);
    even.add(odd).intoArray(y, to + toStep);
    even.sub(odd).intoArray(y, to + 2 * toStep);
    odd2.fma(TWO, even2).intoArray(y, to + 3 * toStep);
    odd2.fma(MINUS_2, even2).intoArray(y, to + 4 * toStep);
    x1.fma(FOUR, x3.fma(MINUS_5, x5)).intoArray(y, to + 5 * toStep);
  }

  abstract void weights(float[] x, int at, int step, float[] y, int to, int toStep);

  abstract void output(float[] x, int at, int step, float[] y, int to, int toStep);

  abstract void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep);

  abstract void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep);
}
