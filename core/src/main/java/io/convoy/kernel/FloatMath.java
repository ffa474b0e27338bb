package io.convoy.kernel;

/**
 * Transcendental functions of floats as polynomials in fused multiply-add, the same on every
 * machine and in every provider; within 2 units in the last place.
 *
 * <p>Coefficients after Cephes (Moshier 1989), {@code expf} and {@code logf}.
 */
public final class FloatMath {
  private static final float LOG2_E = 1.44269504088896341f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float SQRT_HALF = 0.707106781186547524f;
  private static final int MANTISSA_BITS = 23;

  private FloatMath() {}

  /** e to the x. Above 88.72 infinity, below -103.97 zero, subnormal results rounded; NaN stays. */
  public static float exp(float x) {
    if (Float.isNaN(x)) {
      return x;
    }
    if (x > 88.72284f) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < -103.97208f) {
      return 0f;
    }
    float n = (float) Math.rint(x * LOG2_E);
    float r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, x));
    float p = 1.9875691500e-4f;
    p = Math.fma(p, r, 1.3981999507e-3f);
    p = Math.fma(p, r, 8.3334519073e-3f);
    p = Math.fma(p, r, 4.1665795894e-2f);
    p = Math.fma(p, r, 1.6666665459e-1f);
    p = Math.fma(p, r, 5.0000001201e-1f);
    float e = Math.fma(p, r * r, r) + 1f;
    // two factors, since 2^n itself may be no normal number
    int half = (int) n >> 1;
    return e * power(half) * power((int) n - half);
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
    return Float.intBitsToFloat((n + 127) << MANTISSA_BITS);
  }
}
