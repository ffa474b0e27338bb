package io.convoy.kernel;

/**
 * Passes that do the work of two or three layers on a run of floats while it is in registers. The
 * contract is that of {@link RowKernels}: element i of a result depends on element i of each
 * operand alone, and each formula gives the bits of the layers one after the other.
 *
 * <p>Results may be written over an operand, element for element.
 */
public interface FusedKernels {
  /** {@code y = max(a + b, 0)}: a sum and a rectifier; a NaN stays. */
  void addRelu(float[] a, int aStart, float[] b, int bStart, float[] y, int yStart, int length);

  /**
   * {@code dx = (y > 0 ? dy : 0) + dx}: the gradient of a rectifier, where there is one already.
   */
  void addReluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length);

  /** {@code y = max(fma(x - mean, scale, shift), 0)}: a normalisation and a rectifier. */
  void normalizeRelu(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] y,
      int yStart,
      int length);

  /**
   * {@code y = max(fma(x - mean, scale, shift) + residual, 0)}: a normalisation, a sum and a
   * rectifier.
   */
  void normalizeAddRelu(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] residual,
      int residualStart,
      float[] y,
      int yStart,
      int length);

  /**
   * {@link RowKernels#addProducts} behind a rectifier: with {@code g = y > 0 ? dy : 0}, {@code sums
   * = g + sums; products = fma(g, x - mean, products)}.
   */
  void addProductsRelu(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] sums,
      float[] products,
      int length);

  /**
   * {@link RowKernels#normalizeGradient} behind a rectifier: with {@code g = y > 0 ? dy : 0},
   * {@code dx = fma(scale, g, fma(slope, x - mean, offset))}.
   */
  void normalizeGradientRelu(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxStart,
      int length);

  /**
   * {@link #addProductsRelu} where the rectifier follows the normalisation at once: what it lets
   * through is computed again, with {@code g = fma(x - mean, scale, shift) > 0 ? dy : 0}, which
   * saves reading {@code y}.
   */
  void addProductsNormalizeRelu(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] sums,
      float[] products,
      int length);

  /** {@link #normalizeGradientRelu}, likewise. */
  void normalizeReluGradient(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxStart,
      int length);
}
