package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of {@link WinogradKernels}: the products of matrices that its javadoc gives, up to
 * rounding, and the bits of the scalar provider.
 */
class WinogradKernelsContractTest {
  private static final float[] WORK = Numbers.array(8, WinogradKernels.WORK + 4);
  private static final int[] CHANNELS = {1, 7, 16, 17, 37};
  private static final int PLANE = 53;
  private static final int PIXEL = 41;
  private static final int ROW = 7 * PIXEL;

  private static final double[][] B_TRANSPOSED = {
    {4, 0, -5, 0, 1, 0},
    {0, -4, -4, 1, 1, 0},
    {0, 4, -4, -1, 1, 0},
    {0, -2, -1, 2, 1, 0},
    {0, 2, -1, -2, 1, 0},
    {0, 4, 0, -5, 0, 1}
  };
  private static final double[][] G_3 = {
    {1 / 4., 0, 0},
    {-1 / 6., -1 / 6., -1 / 6.},
    {-1 / 6., 1 / 6., -1 / 6.},
    {1 / 24., 1 / 12., 1 / 6.},
    {1 / 24., -1 / 12., 1 / 6.},
    {0, 0, 1}
  };
  private static final double[][] G_5 = {
    {1 / 4., 0, 0, 0, 0},
    {-1 / 6., -1 / 6., -1 / 6., -1 / 6., -1 / 6.},
    {-1 / 6., 1 / 6., -1 / 6., 1 / 6., -1 / 6.},
    {1 / 24., 1 / 12., 1 / 6., 1 / 3., 2 / 3.},
    {1 / 24., -1 / 12., 1 / 6., -1 / 3., 2 / 3.},
    {0, 0, 0, 0, 1}
  };
  private static final double[][] A_4 = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
  };
  private static final double[][] A_2 = {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 1}};

  /** A transform with its operands' steps: image steps, or planes. */
  private interface Transform {
    void run(WinogradKernels kernels, float[] x, float[] y, int channels);
  }

  static Stream<Arguments> providers() {
    return Providers.all()
        .flatMap(k -> Stream.of(WinogradForm.values()).map(form -> Arguments.of(k, form)));
  }

  private static double[][] g(WinogradForm form) {
    return form == WinogradForm.F4X3 ? G_3 : G_5;
  }

  private static double[][] aTransposed(WinogradForm form) {
    return form == WinogradForm.F4X3 ? A_4 : A_2;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void input(Kernels kernels, WinogradForm form) {
    check(
        kernels,
        form,
        B_TRANSPOSED,
        ROW,
        PIXEL,
        6 * PLANE,
        PLANE,
        6,
        6,
        (w, x, y, n) -> w.input(x, 3, ROW, PIXEL, y, 5, PLANE, n, WORK, 4));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void weights(Kernels kernels, WinogradForm form) {
    check(
        kernels,
        form,
        g(form),
        form.kernel() * PIXEL,
        PIXEL,
        6 * PLANE,
        PLANE,
        6,
        6,
        (w, x, y, n) -> w.weights(x, 3, PIXEL, y, 5, PLANE, n, WORK, 4));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void outputGradient(Kernels kernels, WinogradForm form) {
    check(
        kernels,
        form,
        transposed(aTransposed(form)),
        ROW,
        PIXEL,
        6 * PLANE,
        PLANE,
        6,
        6,
        (w, x, y, n) -> w.outputGradient(x, 3, ROW, PIXEL, y, 5, PLANE, n, WORK, 4));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void weightGradient(Kernels kernels, WinogradForm form) {
    check(
        kernels,
        form,
        transposed(g(form)),
        6 * PLANE,
        PLANE,
        form.kernel() * PIXEL,
        PIXEL,
        form.kernel(),
        form.kernel(),
        (w, x, y, n) -> w.weightGradient(x, 3, PLANE, y, 5, PIXEL, n, WORK, 4));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void outputOfWholeAndOfCutTiles(Kernels kernels, WinogradForm form) {
    float[] none = new float[64];
    for (int rows = 1; rows <= form.tile(); rows++) {
      for (int columns = 1; columns <= form.tile(); columns++) {
        int height = rows;
        int width = columns;
        check(
            kernels,
            form,
            aTransposed(form),
            6 * PLANE,
            PLANE,
            ROW,
            PIXEL,
            rows,
            columns,
            (w, x, y, n) ->
                w.output(x, 3, PLANE, none, 2, y, 5, ROW, PIXEL, height, width, n, WORK, 4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void outputAddsTheBiasOfEachChannel(Kernels kernels, WinogradForm form) {
    float[] bias = Numbers.array(9, 64);
    float[] planes = new float[36 * PLANE + 64];
    float[] y = new float[4 * ROW + 4 * PIXEL + 64];
    int size = form.tile();
    kernels
        .winograd(form)
        .output(planes, 3, PLANE, bias, 2, y, 5, ROW, PIXEL, size, size, 37, WORK, 4);
    for (int c = 0; c < 37; c++) {
      assertEquals(bias[2 + c], y[5 + (size - 1) * (ROW + PIXEL) + c]);
    }
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }

  /** {@code y = matrix x matrixᵀ}, of which some rows and columns are written, and nothing else. */
  private static void check(
      Kernels kernels,
      WinogradForm form,
      double[][] matrix,
      int xRow,
      int xColumn,
      int yRow,
      int yColumn,
      int rows,
      int columns,
      Transform transform) {
    int size = matrix[0].length;
    for (int channels : CHANNELS) {
      float[] x = Numbers.array(1, 3 + size * xRow + size * xColumn + 64);
      float[] y = Numbers.array(2, 5 + rows * yRow + columns * yColumn + 64);
      float[] before = y.clone();
      float[] scalar = y.clone();
      transform.run(kernels.winograd(form), x, y, channels);
      transform.run(new ScalarKernels().winograd(form), x, scalar, channels);
      KernelsContractTest.assertSameBits(scalar, y, channels + " channels, scalar");
      boolean[] written = new boolean[y.length];
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            int at = 5 + i * yRow + j * yColumn + c;
            written[at] = true;
            double exact = 0;
            double sizes = 0;
            for (int a = 0; a < size; a++) {
              for (int b = 0; b < size; b++) {
                double term = matrix[i][a] * x[3 + a * xRow + b * xColumn + c] * matrix[j][b];
                exact += term;
                sizes += Math.abs(term);
              }
            }
            assertEquals(exact, y[at], 12 * 0x1p-24 * sizes, channels + " channels, " + i + j);
          }
        }
      }
      for (int i = 0; i < y.length; i++) {
        if (!written[i]) {
          assertEquals(before[i], y[i], "element " + i + " is nobody's");
        }
      }
    }
  }
}
