package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.optimizer.Muon;
import io.convoy.reference.Numbers;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices that become orthogonal, against singular value decompositions. */
class OrthogonalizationTest {
  private static final int START = 5;

  private static float[] matrix(int rows, int columns) {
    return Numbers.array(3, START + rows * columns + 7);
  }

  private static float[] orthogonal(
      int rows, int columns, float[] of, double norm, Kernels kernels, int threads) {
    Muon muon = new Muon(0, false, 5, Muon.AdjustRate.ORIGINAL, 1, 0, false);
    float[] x = of.clone();
    try (WorkPool pool = new WorkPool(threads)) {
      new Orthogonalization(muon, kernels, pool)
          .apply(new WeightMatrix(0, 1, rows, columns), x, START, norm, 1);
    }
    return x;
  }

  private static RealMatrix real(float[] x, int rows, int columns) {
    RealMatrix real = MatrixUtils.createRealMatrix(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        real.setEntry(row, column, x[START + row * columns + column]);
      }
    }
    return real;
  }

  /** More than one block of rows, of columns and of terms, none of them whole. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "7, 3", "50, 27", "53, 401", "401, 53", "130, 129"})
  void singularValuesComeToAboutOneAndVectorsStay(int rows, int columns) {
    float[] x = matrix(rows, columns);
    RealMatrix before = real(x, rows, columns);
    double norm = before.getFrobeniusNorm();
    Kernels kernels = KernelProvider.kernels();
    float[] result = orthogonal(rows, columns, x, norm, kernels, 2);
    SingularValueDecomposition parts = new SingularValueDecomposition(before);
    RealMatrix values =
        parts.getU().transpose().multiply(real(result, rows, columns)).multiply(parts.getV());
    int rank = Math.min(rows, columns);
    for (int i = 0; i < rank; i++) {
      double x0 = parts.getSingularValues()[i] / (norm + 1e-7);
      for (int k = 0; k < 5; k++) {
        x0 = 3.4445 * x0 - 4.7750 * Math.pow(x0, 3) + 2.0315 * Math.pow(x0, 5);
      }
      for (int j = 0; j < rank; j++) {
        assertEquals(i == j ? x0 : 0, values.getEntry(i, j), 2e-4);
      }
      boolean small = parts.getSingularValues()[i] < 0.01 * norm;
      assertTrue(small || (x0 > 0.65 && x0 < 1.25), "singular value " + x0);
    }
    for (int i = 0; i < START; i++) {
      assertEquals(x[i], result[i]);
    }
    for (int i = START + rows * columns; i < x.length; i++) {
      assertEquals(x[i], result[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"53, 401", "401, 53", "130, 129"})
  void threadsAndKernelsChangeNoBit(int rows, int columns) {
    float[] x = matrix(rows, columns);
    float[] one = orthogonal(rows, columns, x, 17, new ScalarKernels(), 1);
    assertArrayEquals(one, orthogonal(rows, columns, x, 17, KernelProvider.kernels(), 1));
    assertArrayEquals(one, orthogonal(rows, columns, x, 17, KernelProvider.kernels(), 3));
  }

  @Test
  void aMatrixOfZerosStays() {
    float[] zeros = new float[START + 6 * 5];
    assertArrayEquals(zeros, orthogonal(6, 5, zeros, 0, KernelProvider.kernels(), 1));
  }
}
