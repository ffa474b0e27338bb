package io.convoy.kernel;

/**
 * The numbers behind {@link FloatMath}, apart so that the SIMD provider computes with the very
 * same. Polynomials of {@code EXP} and {@code TANH} after Cephes (Moshier 1989), {@code expf} and
 * {@code tanhf}; the index is the power that the coefficient belongs to, counted from the first
 * that is not plain.
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

  /** Beyond, exp(-x² / 2) rounds to zero: larger arguments are brought down to this one. */
  public static final float BELL_ZERO = 15f;

  /** The density of the standard normal distribution at 0, {@code 1 / sqrt(2 pi)}. */
  public static final float NORMAL_DENSITY = 0.398942280401432678f;

  /**
   * The standard normal distribution function of -x, for x from 0 on, is {@code exp(-x² / 2) (N_0 t
   * + N_1 t² + ...)} with {@code t = 1 / (1 + NORMAL_T x)}, as Abramowitz and Stegun have it (1964,
   * 26.2.17). Their five coefficients give an absolute error of 7.5e-8; these nine, of a weighted
   * least-squares fit for x up to 13.5, a relative one of 4.3e-8.
   */
  public static final float NORMAL_T = 0.34f;

  public static final float NORMAL_0 = 0.13561934f;
  public static final float NORMAL_1 = 0.13613349f;
  public static final float NORMAL_2 = 0.11503503f;
  public static final float NORMAL_3 = 0.11603528f;
  public static final float NORMAL_4 = -0.046395928f;
  public static final float NORMAL_5 = 0.20473407f;
  public static final float NORMAL_6 = -0.2754637f;
  public static final float NORMAL_7 = 0.14067286f;
  public static final float NORMAL_8 = -0.02637043f;

  /** {@code 2 sqrt(2 / pi)}, and that by 0.044715: the tanh form of GELU, as a sigmoid. */
  public static final float GELU_1 = 1.59576912160573071f;

  public static final float GELU_3 = 0.0713548162726002527f;

  /** Beyond, the sigmoid in that form is 0 or 1. */
  public static final float GELU_FAR = 20f;

  /** The three parts of hard sigmoid and hard swish meet at -3 and 3: the slope between them. */
  public static final float SIXTH = 0.166666666666666667f;

  private FloatCoefficients() {}
}
