package io.convoy.kernel;

import static io.convoy.kernel.FloatCoefficients.GELU_1;
import static io.convoy.kernel.FloatCoefficients.GELU_3;
import static io.convoy.kernel.FloatCoefficients.GELU_FAR;
import static io.convoy.kernel.FloatCoefficients.NORMAL_DENSITY;
import static io.convoy.kernel.FloatCoefficients.SIXTH;

/**
 * The formulas of {@link ActivationKernels} that are longer than a line, operation by operation:
 * what providers compute with one number is this.
 */
public final class ActivationFormulas {
  private ActivationFormulas() {}

  /** {@code top} or less, 0 or more, and between them {@code slope x + offset}. NaN stays. */
  public static float ramp(float x, float slope, float offset, float top) {
    return Math.min(Math.max(Math.fma(x, slope, offset), 0f), top);
  }

  /** {@code x > 0 ? positive x : negative (e^x - 1)}. */
  public static float elu(float x, float positive, float negative) {
    return x > 0 ? positive * x : negative * FloatMath.expm1(x);
  }

  /** {@code x sigmoid(x)}. */
  public static float silu(float x) {
    return x * FloatMath.sigmoid(x);
  }

  /** The derivative of {@link #silu}. */
  public static float siluSlope(float x) {
    float s = FloatMath.sigmoid(x);
    return Math.fma(x, Math.fma(-s, s, s), s);
  }

  /** {@code x Phi(x)}, of the standard normal distribution function. */
  public static float gelu(float x) {
    return x * FloatMath.normal(x);
  }

  /** The derivative of {@link #gelu}. */
  public static float geluSlope(float x) {
    float bell = FloatMath.bell(x);
    return Math.fma(x * NORMAL_DENSITY, bell, FloatMath.normal(x, bell));
  }

  /** {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³)))}. */
  public static float geluTanh(float x) {
    return x * FloatMath.sigmoid(geluSigmoid(near(x)));
  }

  /** The derivative of {@link #geluTanh}. */
  public static float geluTanhSlope(float x) {
    float near = near(x);
    float s = FloatMath.sigmoid(geluSigmoid(near));
    float inner = Math.fma(near * near, 3f * GELU_3, GELU_1);
    return Math.fma(near * inner, Math.fma(-s, s, s), s);
  }

  private static float geluSigmoid(float x) {
    return x * Math.fma(x * x, GELU_3, GELU_1);
  }

  private static float near(float x) {
    return Math.min(Math.max(x, -GELU_FAR), GELU_FAR);
  }

  /** {@code x min(max(x + 3, 0), 6) / 6}. */
  public static float hardSwish(float x) {
    return x * ramp(x, SIXTH, 0.5f, 1f);
  }

  /** The derivative of {@link #hardSwish}: at -3 and 3, that of the part between them. */
  public static float hardSwishSlope(float x) {
    float between = Math.fma(x, 2f * SIXTH, 0.5f);
    return x < -3f ? 0f : x > 3f ? 1f : between;
  }
}
