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
}
