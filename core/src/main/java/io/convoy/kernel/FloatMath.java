package io.convoy.kernel;

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

/**
 * Transcendental functions of floats as polynomials in fused multiply-add, the same on every
 * machine and in every provider; within 2 units in the last place, {@link #expm1} within 4, {@link
 * #normal} within 6.
 *
 * <p>Coefficients after Cephes (Moshier 1989), {@code expf}, {@code logf} and {@code tanhf}; those
 * of {@link #normal} are of our own.
 */
public final class FloatMath {
  private static final float SQRT_HALF = 0.707106781186547524f;

  private FloatMath() {}

  /** e to the x. Above 88.72 infinity, below -103.97 zero, subnormal results rounded; NaN stays. */
  public static float exp(float x) {
    if (Float.isNaN(x)) {
      return x;
    }
    if (x > 88.72284f) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < EXP_ZERO) {
      return 0f;
    }
    float n = x * LOG2_E + ROUNDER - ROUNDER;
    float r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, x));
    float e = nearOne(r) + 1f;
    // two factors, since 2^n itself may be no normal number
    int half = (int) n >> 1;
    return e * power(half) * power((int) n - half);
  }

  /** e to the r, less 1, for r within half a logarithm of 2 of zero. */
  private static float nearOne(float r) {
    float p = EXP_5;
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    p = Math.fma(p, r, EXP_1);
    p = Math.fma(p, r, EXP_0);
    return Math.fma(p, r * r, r);
  }

  /** e to the x, less 1: small results keep their digits. NaN stays. */
  public static float expm1(float x) {
    float n = x * LOG2_E + ROUNDER - ROUNDER;
    return n == 0 ? nearOne(x) : exp(x) - 1f;
  }

  /** {@code exp(-x² / 2)}; what the square loses to rounding is made good. NaN stays. */
  public static float bell(float x) {
    float a = Math.abs(x);
    float bounded = a > BELL_ZERO ? BELL_ZERO : a;
    float square = bounded * bounded;
    float lost = Math.fma(bounded, bounded, -square);
    float e = exp(-0.5f * square);
    return Math.fma(e, -0.5f * lost, e);
  }

  /** The standard normal distribution function, of small results too; NaN stays. */
  public static float normal(float x) {
    return normal(x, bell(x));
  }

  /**
   * Likewise.
   *
   * @param bell that of x
   */
  static float normal(float x, float bell) {
    float t = 1f / Math.fma(NORMAL_T, Math.abs(x), 1f);
    float p = NORMAL_8;
    p = Math.fma(p, t, NORMAL_7);
    p = Math.fma(p, t, NORMAL_6);
    p = Math.fma(p, t, NORMAL_5);
    p = Math.fma(p, t, NORMAL_4);
    p = Math.fma(p, t, NORMAL_3);
    p = Math.fma(p, t, NORMAL_2);
    p = Math.fma(p, t, NORMAL_1);
    p = Math.fma(p, t, NORMAL_0);
    float tail = p * t * bell;
    return x < 0 ? tail : 1f - tail;
  }

  /**
   * The logistic function, {@code 1 / (1 + exp(-x))}; NaN stays.
   *
   * <p>For negative x, with {@code e = exp(x)}, it is {@code e - e (e / (1 + e))}: small results
   * keep their digits, and what the quotient lost to rounding counts for little.
   */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    if (x < 0) {
      return Math.fma(-e, e / (1f + e), e);
    }
    return 1f / (1f + e);
  }

  /** The hyperbolic tangent; of -0 it is -0, NaN stays. */
  public static float tanh(float x) {
    float a = Math.abs(x);
    if (a >= TANH_LARGE) {
      float e = exp(2f * Math.min(a, TANH_ONE));
      return Math.copySign(1f - 2f / (e + 1f), x);
    }
    float square = a * a;
    float p = TANH_4;
    p = Math.fma(p, square, TANH_3);
    p = Math.fma(p, square, TANH_2);
    p = Math.fma(p, square, TANH_1);
    p = Math.fma(p, square, TANH_0);
    return Math.copySign(Math.fma(p, square * a, a), x);
  }

  /** The natural logarithm; of 0 minus infinity, of negative numbers NaN. */
  public static float log(float x) {
    if (!(x > 0) || x == Float.POSITIVE_INFINITY) {
      return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    int exponent = 0;
    if (x < Float.MIN_NORMAL) {
      x *= 0x1p23f;
      exponent = -MANTISSA_BITS;
    }
    int bits = Float.floatToRawIntBits(x);
    exponent += (bits >>> MANTISSA_BITS) - 126;
    float m = Float.intBitsToFloat((bits & 0x007FFFFF) | 0x3F000000); // in [0.5, 1)
    if (m < SQRT_HALF) {
      exponent--;
      m += m;
    }
    float r = m - 1f;
    float p = 7.0376836292e-2f;
    p = Math.fma(p, r, -1.1514610310e-1f);
    p = Math.fma(p, r, 1.1676998740e-1f);
    p = Math.fma(p, r, -1.2420140846e-1f);
    p = Math.fma(p, r, 1.4249322787e-1f);
    p = Math.fma(p, r, -1.6668057665e-1f);
    p = Math.fma(p, r, 2.0000714765e-1f);
    p = Math.fma(p, r, -2.4999993993e-1f);
    p = Math.fma(p, r, 3.3333331174e-1f);
    float square = r * r;
    float tail = Math.fma(exponent, LN2_LOW, p * r * square);
    tail = Math.fma(-0.5f, square, tail);
    return Math.fma(exponent, LN2_HIGH, r + tail);
  }

  /** 2 to the n, for n in [-126, 127]. */
  private static float power(int n) {
    return Float.intBitsToFloat((n + EXPONENT_BIAS) << MANTISSA_BITS);
  }
}
