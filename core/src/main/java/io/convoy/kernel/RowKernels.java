package io.convoy.kernel;

/**
 * Element-wise passes over runs of floats, as a contract: element i of a result depends on element
 * i of each operand alone, by the given formula, with {@code fma} where it says so. Providers
 * differ in speed, never in bits.
 *
 * <p>An operand is an array and the index of its first element; rows of coefficients start at 0.
 * Why this is not left to the compiler: it does not vectorise loops over arrays of one type at
 * different offsets.
 */
public interface RowKernels {
  /**
   * Copies rows: {@code y[yStart + i * yStep + j] = x[xStart + i * xStep + j]} for i in [0, rows)
   * and j in [0, length), in arrays that are not the same.
   */
  void copyRows(
      float[] x, int xStart, int xStep, float[] y, int yStart, int yStep, int rows, int length);

  /**
   * Transposes rows: {@code y[yStart + j * rows + i] = x[xStart + i * xStep + j]} for i in [0,
   * rows) and j in [0, length), in arrays that are not the same.
   */
  void transpose(float[] x, int xStart, int xStep, int rows, float[] y, int yStart, int length);

  /** {@code y = x + y}. */
  void add(float[] x, int xStart, float[] y, int yStart, int length);

  /** {@code y = fma(factor, x, y)}. */
  void addScaled(float[] x, int xStart, float factor, float[] y, int yStart, int length);

  /**
   * Adds rows up, in their order: {@code sum[sumStart + j] = x[xStart + i * xStep + j] +
   * sum[sumStart + j]} for i from 0 to rows - 1, j in [0, length).
   */
  void addRows(float[] x, int xStart, int xStep, int rows, float[] sum, int sumStart, int length);

  /** {@code y = x * factors}. */
  void scale(
      float[] x, int xStart, float[] factors, int factorsStart, float[] y, int yStart, int n);

  /** {@code y = x / divisor}. */
  void divide(float[] x, int xStart, float divisor, float[] y, int yStart, int length);

  /** {@code y = fma(x - mean, scale, shift)}: a normalisation, with a row of coefficients each. */
  void normalize(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] y,
      int yStart,
      int length);

  /** {@code squares = fma(x - mean, x - mean, squares)}. */
  void addSquares(float[] x, int xStart, float[] mean, float[] squares, int length);

  /** {@code sums = dy + sums; products = fma(dy, x - mean, products)}. */
  void addProducts(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] sums,
      float[] products,
      int length);

  /** {@code dx = fma(scale, dy, fma(slope, x - mean, offset))}: the gradient of a normalisation. */
  void normalizeGradient(
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
}
