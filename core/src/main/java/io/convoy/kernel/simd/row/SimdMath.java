package io.convoy.kernel.simd.row;

import static io.convoy.kernel.FloatCoefficients.BELL_ZERO;
import static io.convoy.kernel.FloatCoefficients.EXPONENT_BIAS;
import static io.convoy.kernel.FloatCoefficients.EXP_0;
import static io.convoy.kernel.FloatCoefficients.EXP_1;
import static io.convoy.kernel.FloatCoefficients.EXP_2;
import static io.convoy.kernel.FloatCoefficients.EXP_3;
import static io.convoy.kernel.FloatCoefficients.EXP_4;
import static io.convoy.kernel.FloatCoefficients.EXP_5;
import static io.convoy.kernel.FloatCoefficients.EXP_ZERO;
import static io.convoy.kernel.FloatCoefficients.LN2_HIGH;
import static io.convoy.kernel.FloatCoefficients.LN2_LOW;
import static io.convoy.kernel.FloatCoefficients.LOG2_E;
import static io.convoy.kernel.FloatCoefficients.MANTISSA_BITS;
import static io.convoy.kernel.FloatCoefficients.NORMAL_0;
import static io.convoy.kernel.FloatCoefficients.NORMAL_1;
import static io.convoy.kernel.FloatCoefficients.NORMAL_2;
import static io.convoy.kernel.FloatCoefficients.NORMAL_3;
import static io.convoy.kernel.FloatCoefficients.NORMAL_4;
import static io.convoy.kernel.FloatCoefficients.NORMAL_5;
import static io.convoy.kernel.FloatCoefficients.NORMAL_6;
import static io.convoy.kernel.FloatCoefficients.NORMAL_7;
import static io.convoy.kernel.FloatCoefficients.NORMAL_8;
import static io.convoy.kernel.FloatCoefficients.NORMAL_T;
import static io.convoy.kernel.FloatCoefficients.ROUNDER;
import static io.convoy.kernel.FloatCoefficients.TANH_0;
import static io.convoy.kernel.FloatCoefficients.TANH_1;
import static io.convoy.kernel.FloatCoefficients.TANH_2;
import static io.convoy.kernel.FloatCoefficients.TANH_3;
import static io.convoy.kernel.FloatCoefficients.TANH_4;
import static io.convoy.kernel.FloatCoefficients.TANH_LARGE;
import static io.convoy.kernel.FloatCoefficients.TANH_ONE;
import static io.convoy.kernel.simd.constant.Species.FLOATS;

import io.convoy.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link FloatMath} a vector at a time, operation by operation: both branches are computed, and
 * each lane takes its own. Methods are short, so that the compiler inlines them and no vector is
 * boxed.
 */
final class SimdMath {
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private SimdMath() {}

  /** {@link FloatMath#sigmoid} of each lane. */
  static FloatVector sigmoid(FloatVector x) {
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
    FloatVector e = exp(x.abs().neg());
    FloatVector quotient = constant(1f).blend(e, negative).div(e.add(1f));
    return quotient.blend(e.neg().fma(quotient, e), negative);
  }

  /** {@link FloatMath#expm1} of each lane, where it does not overflow: up to 88. */
  static FloatVector expm1(FloatVector x) {
    FloatVector n = x.mul(LOG2_E).add(ROUNDER).sub(ROUNDER);
    return exp(x).sub(1f).blend(nearOne(x), n.compare(VectorOperators.EQ, 0f));
  }

  /** {@link FloatMath#bell} of each lane. */
  static FloatVector bell(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector bounded = a.blend(BELL_ZERO, a.compare(VectorOperators.GT, BELL_ZERO));
    FloatVector square = bounded.mul(bounded);
    FloatVector lost = bounded.fma(bounded, square.neg());
    FloatVector e = exp(square.mul(-0.5f));
    return e.fma(lost.mul(-0.5f), e);
  }

  /** {@link FloatMath#normal} of each lane, with its bell. */
  static FloatVector normal(FloatVector x, FloatVector bell) {
    FloatVector t = constant(1f).div(constant(NORMAL_T).fma(x.abs(), constant(1f)));
    FloatVector tail = normalPolynomial(t).mul(t).mul(bell);
    return constant(1f).sub(tail).blend(tail, x.compare(VectorOperators.LT, 0f));
  }

  private static FloatVector normalPolynomial(FloatVector t) {
    FloatVector p = constant(NORMAL_8);
    p = p.fma(t, constant(NORMAL_7));
    p = p.fma(t, constant(NORMAL_6));
    p = p.fma(t, constant(NORMAL_5));
    p = p.fma(t, constant(NORMAL_4));
    p = p.fma(t, constant(NORMAL_3));
    p = p.fma(t, constant(NORMAL_2));
    p = p.fma(t, constant(NORMAL_1));
    return p.fma(t, constant(NORMAL_0));
  }

  /** {@link FloatMath#tanh} of each lane. */
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector small = smallTanh(a);
    FloatVector result = small.blend(largeTanh(a), a.compare(VectorOperators.GE, TANH_LARGE));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return result.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  private static FloatVector largeTanh(FloatVector a) {
    FloatVector largest = constant(TANH_ONE);
    FloatVector bounded = a.blend(largest, a.compare(VectorOperators.GT, largest));
    return constant(1f).sub(constant(2f).div(exp(bounded.add(bounded)).add(1f)));
  }

  private static FloatVector smallTanh(FloatVector a) {
    FloatVector square = a.mul(a);
    FloatVector p = constant(TANH_4);
    p = p.fma(square, constant(TANH_3));
    p = p.fma(square, constant(TANH_2));
    p = p.fma(square, constant(TANH_1));
    p = p.fma(square, constant(TANH_0));
    return p.fma(square.mul(a), a);
  }

  /** {@link FloatMath#exp} of each lane, where it does not overflow: up to 88. */
  private static FloatVector exp(FloatVector x) {
    FloatVector rounded = x.mul(LOG2_E).add(ROUNDER);
    FloatVector minusN = constant(ROUNDER).sub(rounded);
    FloatVector r = minusN.fma(constant(LN2_HIGH), x);
    r = minusN.fma(constant(LN2_LOW), r);
    FloatVector e = nearOne(r).add(1f);
    IntVector n = rounded.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    FloatVector power = e.mul(power(half)).mul(power(n.sub(half)));
    return power.blend(0f, x.compare(VectorOperators.LT, EXP_ZERO));
  }

  private static FloatVector nearOne(FloatVector r) {
    FloatVector p = constant(EXP_5);
    p = p.fma(r, constant(EXP_4));
    p = p.fma(r, constant(EXP_3));
    p = p.fma(r, constant(EXP_2));
    p = p.fma(r, constant(EXP_1));
    p = p.fma(r, constant(EXP_0));
    return p.fma(r.mul(r), r);
  }

  /** 2 to the n, for n in [-126, 127]. */
  private static FloatVector power(IntVector n) {
    IntVector exponent = n.add(EXPONENT_BIAS);
    return exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
