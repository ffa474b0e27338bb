package io.convoy.train;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.dense.MatrixProduct;
import io.convoy.optimizer.Muon;

/**
 * Makes matrices orthogonal: of X = U S Vᵀ about U Vᵀ, by Newton-Schulz iterations (Jordan et al.
 * 2024), which need products of matrices alone:
 *
 * <pre>
 *   X = X / (|X| + 1e-7)                  |X| the Frobenius norm
 *   repeat                                5 times for singular values in about [0.7, 1.2]
 *     A = X Xᵀ
 *     X = a X + (b A + c A A) X           a 3.4445, b -4.7750, c 2.0315
 * </pre>
 *
 * <p>A matrix with more rows than columns is transposed before and after. All is fp32, sums as
 * {@link MatrixProduct} has them.
 */
final class Orthogonalization {
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;
  private static final double EPSILON = 1e-7;

  private final int iterations;
  private final Kernels kernels;
  private final MatrixProduct product;
  private float[] panels = {};
  private float[] gram = {};
  private float[] polynomial = {};
  private float[] turned = {};

  Orthogonalization(Muon optimizer, Kernels kernels, WorkPool pool) {
    this.iterations = optimizer.iterations();
    this.kernels = kernels;
    this.product = new MatrixProduct(kernels, pool);
  }

  /** Bytes that it takes for the largest of some matrices. */
  static long bytes(Iterable<WeightMatrix> matrices, Kernels kernels, int threads) {
    long panels = 0;
    long square = 0;
    long turned = 0;
    for (WeightMatrix matrix : matrices) {
      panels = Math.max(panels, panels(matrix.shorter(), matrix.longer(), kernels));
      square = Math.max(square, (long) matrix.shorter() * matrix.shorter());
      turned = Math.max(turned, matrix.isTall() ? matrix.length() : 0);
    }
    return MatrixProduct.bytes(kernels, threads) + (panels + 2 * square + turned) * Float.BYTES;
  }

  /** Floats of the longest packed matrix. */
  private static int panels(int shorter, int longer, Kernels kernels) {
    int turned = MatrixProduct.packedLength(kernels, longer, shorter);
    return Math.max(turned, MatrixProduct.packedLength(kernels, shorter, longer));
  }

  /**
   * Replaces a matrix.
   *
   * @param x rows x columns from {@code start} on, row by row
   * @param norm its Frobenius norm
   * @param scale what the result is multiplied by
   */
  void apply(WeightMatrix matrix, float[] x, int start, double norm, float scale) {
    if (norm == 0) {
      return;
    }
    int shorter = matrix.shorter();
    int longer = matrix.longer();
    panels = room(panels, panels(shorter, longer, kernels));
    gram = room(gram, shorter * shorter);
    polynomial = room(polynomial, shorter * shorter);
    multiply(x, start, matrix.length(), (float) (1 / (norm + EPSILON)));
    if (matrix.isTall()) {
      turned = room(turned, matrix.length());
      transpose(x, start, matrix.rows(), matrix.columns(), turned, 0);
      iterate(turned, 0, shorter, longer);
      transpose(turned, 0, shorter, longer, x, start);
    } else {
      iterate(x, start, shorter, longer);
    }
    multiply(x, start, matrix.length(), scale);
  }

  private void iterate(float[] x, int start, int rows, int columns) {
    for (int i = 0; i < iterations; i++) {
      product.packTransposed(x, start, columns, rows, panels);
      product.multiply(x, start, rows, columns, panels, rows, 0, gram, 0, gram, 0);
      product.pack(gram, 0, rows, rows, C, panels);
      product.multiply(gram, 0, rows, rows, panels, rows, B, gram, 0, polynomial, 0);
      product.pack(x, start, rows, columns, 1, panels);
      product.multiply(polynomial, 0, rows, rows, panels, columns, A, x, start, x, start);
    }
  }

  private static float[] room(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  private static void multiply(float[] x, int start, int length, float factor) {
    for (int i = start; i < start + length; i++) {
      x[i] *= factor;
    }
  }

  private void transpose(float[] x, int start, int rows, int columns, float[] y, int yStart) {
    kernels.rows().transpose(x, start, columns, rows, y, yStart, columns);
  }
}
