package io.convoy.kernel;

/**
 * The numbers behind {@link FloatMath}, apart so that the SIMD provider computes with the very
 * same. Polynomials after Cephes (Moshier 1989), {@code expf} and {@code tanhf}; the index is the
 * power that the coefficient belongs to, counted from the first that is not plain.
 */
public final class FloatCoefficients {
  public static final float LOG2_E = 1.44269504088896341f;

  /** The logarithm of 2 in two parts, the first of so few bits that whole multiples are exact. */
  public static final float LN2_HIGH = 0.693359375f;

  public static final float LN2_LOW = -2.12194440e-4f;

  /**
   * Added to a float of less than 2^22 it rounds it to a whole number, half to even, which then
   * stands in the lowest bits of the sum, counted from this number's own bits.
   */
  public static final float ROUNDER = 0x1.8p23f;

  /** The bits of a float below its exponent. */
  public static final int MANTISSA_BITS = 23;

  /** The exponent field of 1. */
  public static final int EXPONENT_BIAS = 127;

  /** Below, e to the x rounds to zero. */
  public static final float EXP_ZERO = -103.97208f;

  public static final float EXP_0 = 5.0000001201e-1f;
  public static final float EXP_1 = 1.6666665459e-1f;
  public static final float EXP_2 = 4.1665795894e-2f;
  public static final float EXP_3 = 8.3334519073e-3f;
  public static final float EXP_4 = 1.3981999507e-3f;
  public static final float EXP_5 = 1.9875691500e-4f;

  /** From here on tanh follows from exp; below, a polynomial of its own loses fewer digits. */
  public static final float TANH_LARGE = 0.625f;

  /** Beyond 9.02 tanh rounds to 1: larger arguments are brought down to this one. */
  public static final float TANH_ONE = 10f;

  public static final float TANH_0 = -3.33332819422e-1f;
  public static final float TANH_1 = 1.33314422036e-1f;
  public static final float TANH_2 = -5.37397155531e-2f;
  public static final float TANH_3 = 2.06390887954e-2f;
  public static final float TANH_4 = -5.70498872745e-3f;

  private FloatCoefficients() {}
}
