package io.convoy.kernel.simd.row;

import static io.convoy.kernel.FloatCoefficients.GELU_1;
import static io.convoy.kernel.FloatCoefficients.GELU_3;
import static io.convoy.kernel.FloatCoefficients.GELU_FAR;
import static io.convoy.kernel.FloatCoefficients.NORMAL_DENSITY;
import static io.convoy.kernel.FloatCoefficients.SIXTH;
import static io.convoy.kernel.simd.constant.Species.FLOATS;

import io.convoy.kernel.ActivationFormulas;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ActivationFormulas} a vector at a time, operation by operation. Methods are short, so that
 * the compiler inlines them and no vector is boxed.
 */
final class SimdActivations {
  private SimdActivations() {}

  static FloatVector ramp(FloatVector x, float slope, float offset, float top) {
    return x.fma(constant(slope), constant(offset)).max(0f).min(top);
  }

  static FloatVector elu(FloatVector x, float positive, float negative) {
    VectorMask<Float> above = x.compare(VectorOperators.GT, 0f);
    FloatVector below = x.blend(0f, above); // where exp would overflow, nobody asks for it
    return SimdMath.expm1(below).mul(negative).blend(x.mul(positive), above);
  }

  static FloatVector silu(FloatVector x) {
    return x.mul(SimdMath.sigmoid(x));
  }

  static FloatVector siluSlope(FloatVector x) {
    return slope(x, SimdMath.sigmoid(x));
  }

  /** {@code fma(factor, fma(-s, s, s), s)}. */
  private static FloatVector slope(FloatVector factor, FloatVector s) {
    return factor.fma(s.neg().fma(s, s), s);
  }

  static FloatVector gelu(FloatVector x) {
    return x.mul(SimdMath.normal(x, SimdMath.bell(x)));
  }

  static FloatVector geluSlope(FloatVector x) {
    FloatVector bell = SimdMath.bell(x);
    return x.mul(NORMAL_DENSITY).fma(bell, SimdMath.normal(x, bell));
  }

  static FloatVector geluTanh(FloatVector x) {
    return x.mul(SimdMath.sigmoid(geluSigmoid(near(x))));
  }

  static FloatVector geluTanhSlope(FloatVector x) {
    FloatVector near = near(x);
    FloatVector s = SimdMath.sigmoid(geluSigmoid(near));
    FloatVector inner = near.mul(near).fma(constant(3f * GELU_3), constant(GELU_1));
    return slope(near.mul(inner), s);
  }

  private static FloatVector geluSigmoid(FloatVector x) {
    return x.mul(x.mul(x).fma(constant(GELU_3), constant(GELU_1)));
  }

  private static FloatVector near(FloatVector x) {
    return x.max(-GELU_FAR).min(GELU_FAR);
  }

  static FloatVector hardSwish(FloatVector x) {
    return x.mul(ramp(x, SIXTH, 0.5f, 1f));
  }

  static FloatVector hardSwishSlope(FloatVector x) {
    FloatVector between = x.fma(constant(2f * SIXTH), constant(0.5f));
    return between
        .blend(0f, x.compare(VectorOperators.LT, -3f))
        .blend(1f, x.compare(VectorOperators.GT, 3f));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
