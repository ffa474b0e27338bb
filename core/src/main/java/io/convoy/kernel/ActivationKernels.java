package io.convoy.kernel;

/**
 * Functions of one number and their derivatives over runs of floats, as a contract like that of
 * {@link RowKernels}: element i of a result depends on element i of each operand alone, by the
 * given formula, with {@code fma} where it says so. Providers differ in speed, never in bits.
 */
public interface ActivationKernels {
  /** {@code y = max(x, 0)}; a NaN stays. */
  void relu(float[] x, int xStart, float[] y, int yStart, int length);

  /** {@code dx = y > 0 ? dy : 0}, with y the output of {@link #relu}. */
  void reluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /** {@code y = x > 0 ? x : slope * x}; a NaN stays. */
  void leakyRelu(float[] x, int xStart, float slope, float[] y, int yStart, int length);

  /** {@code dx = y > 0 ? dy : slope * dy}, with y the output of {@link #leakyRelu}. */
  void leakyReluGradient(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float slope,
      float[] dx,
      int dxStart,
      int length);

  /** {@code y = sigmoid(x)}, by the operations of {@link FloatMath#sigmoid}. */
  void sigmoid(float[] x, int xStart, float[] y, int yStart, int length);

  /** {@code dx = dy * fma(-y, y, y)}, with y the output of {@link #sigmoid}. */
  void sigmoidGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /** {@code y = tanh(x)}, by the operations of {@link FloatMath#tanh}. */
  void tanh(float[] x, int xStart, float[] y, int yStart, int length);

  /** {@code dx = dy * fma(-y, y, 1)}, with y the output of {@link #tanh}. */
  void tanhGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /**
   * {@code y = min(max(fma(x, slope, offset), 0), top)}; a NaN stays.
   *
   * @param slope above 0
   */
  void ramp(
      float[] x,
      int xStart,
      float slope,
      float offset,
      float top,
      float[] y,
      int yStart,
      int length);

  /** {@code dx = 0 < y < top ? slope * dy : 0}, with y the output of {@link #ramp}. */
  void rampGradient(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float slope,
      float top,
      float[] dx,
      int dxStart,
      int length);

  /** {@code y = elu(x)}, by the operations of {@link ActivationFormulas#elu}. */
  void elu(
      float[] x, int xStart, float positive, float negative, float[] y, int yStart, int length);

  /**
   * {@code dx = dy * (y > 0 ? positive : y + negative)}, with y the output of {@link #elu}.
   *
   * @param negative above 0
   */
  void eluGradient(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float positive,
      float negative,
      float[] dx,
      int dxStart,
      int length);

  /** {@code y = silu(x)}, by the operations of {@link ActivationFormulas#silu}. */
  void silu(float[] x, int xStart, float[] y, int yStart, int length);

  /** {@code dx = dy * siluSlope(x)}, by the operations of {@link ActivationFormulas#siluSlope}. */
  void siluGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /** {@code y = gelu(x)}, by the operations of {@link ActivationFormulas#gelu}. */
  void gelu(float[] x, int xStart, float[] y, int yStart, int length);

  /** {@code dx = dy * geluSlope(x)}, by the operations of {@link ActivationFormulas#geluSlope}. */
  void geluGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /** {@code y = geluTanh(x)}, by the operations of {@link ActivationFormulas#geluTanh}. */
  void geluTanh(float[] x, int xStart, float[] y, int yStart, int length);

  /**
   * {@code dx = dy * geluTanhSlope(x)}, by the operations of {@link
   * ActivationFormulas#geluTanhSlope}.
   */
  void geluTanhGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /** {@code y = hardSwish(x)}, by the operations of {@link ActivationFormulas#hardSwish}. */
  void hardSwish(float[] x, int xStart, float[] y, int yStart, int length);

  /**
   * {@code dx = dy * hardSwishSlope(x)}, by the operations of {@link
   * ActivationFormulas#hardSwishSlope}.
   */
  void hardSwishGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);
}
