package io.convoy.kernel;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link RowKernels}, held against its formulas element by element. */
class RowKernelsContractTest {
  static Stream<RowKernels> providers() {
    return Providers.all().map(Kernels::rows);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void copyRowsCopiesRowsAndNothingElse(RowKernels rows) {
    for (int length : new int[] {0, 1, 13, 16, 64, 207}) {
      for (int count : new int[] {0, 1, 5}) {
        float[] x = ElementwiseContract.mixed(1, 3 + 5 * 9 + length);
        float[] y = ElementwiseContract.mixed(2, 7 + 5 * (length + 3));
        float[] expected = y.clone();
        for (int i = 0; i < count; i++) {
          for (int j = 0; j < length; j++) {
            expected[7 + i * (length + 3) + j] = x[3 + i * 9 + j]; // rows of x may overlap
          }
        }
        rows.copyRows(x, 3, 9, y, 7, length + 3, count, length);
        KernelsContractTest.assertSameBits(expected, y, count + " rows of " + length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void transposeTransposesAndWritesNothingElse(RowKernels rows) {
    for (int length : new int[] {0, 1, 7, 8, 15, 16, 17, 33, 64}) {
      for (int count : new int[] {0, 1, 4, 7, 8, 9, 12, 15, 16, 25}) {
        float[] x = ElementwiseContract.mixed(1, 3 + count * (length + 5));
        float[] y = ElementwiseContract.mixed(2, 7 + count * length + 17);
        float[] expected = y.clone();
        for (int at = 0; at < count * length; at++) {
          expected[7 + at] = x[3 + at % count * (length + 5) + at / count];
        }
        rows.transpose(x, 3, length + 5, count, y, 7, length);
        KernelsContractTest.assertSameBits(expected, y, count + " rows of " + length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void add(RowKernels rows) {
    ElementwiseContract.check(
        "add",
        2,
        new int[] {1},
        v -> new float[] {v[0] + v[1]},
        (a, s, n) -> rows.add(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addRowsAddsInTheirOrder(RowKernels rows) {
    for (int length : new int[] {0, 1, 13, 16, 64, 207}) {
      for (int count : new int[] {0, 1, 5}) {
        float[] x = ElementwiseContract.mixed(1, 3 + 5 * (length + 2));
        float[] sum = ElementwiseContract.mixed(2, 7 + length + 4);
        float[] expected = sum.clone();
        for (int j = 0; j < length; j++) {
          float total = sum[7 + j];
          for (int i = 0; i < count; i++) {
            total += x[3 + i * (length + 2) + j];
          }
          expected[7 + j] = total;
        }
        rows.addRows(x, 3, length + 2, count, sum, 7, length);
        KernelsContractTest.assertSameBits(expected, sum, count + " rows of " + length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void scale(RowKernels rows) {
    ElementwiseContract.check(
        "scale",
        3,
        new int[] {2},
        v -> new float[] {v[0] * v[1]},
        (a, s, n) -> rows.scale(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void divide(RowKernels rows) {
    ElementwiseContract.check(
        "divide",
        2,
        new int[] {1},
        v -> new float[] {v[0] / 49f},
        (a, s, n) -> rows.divide(a[0], s[0], 49f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addScaled(RowKernels rows) {
    ElementwiseContract.check(
        "addScaled",
        2,
        new int[] {1},
        v -> new float[] {Math.fma(0.7f, v[0], v[1])},
        (a, s, n) -> rows.addScaled(a[0], s[0], 0.7f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalize(RowKernels rows) {
    ElementwiseContract.check(
        "normalize",
        5,
        new int[] {4},
        v -> new float[] {Math.fma(v[0] - v[1], v[2], v[3])},
        (a, s, n) -> rows.normalize(a[0], s[0], a[1], a[2], a[3], a[4], s[4], n),
        1,
        2,
        3);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addSquares(RowKernels rows) {
    ElementwiseContract.check(
        "addSquares",
        3,
        new int[] {2},
        v -> new float[] {Math.fma(v[0] - v[1], v[0] - v[1], v[2])},
        (a, s, n) -> rows.addSquares(a[0], s[0], a[1], a[2], n),
        1,
        2);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addProducts(RowKernels rows) {
    ElementwiseContract.check(
        "addProducts",
        5,
        new int[] {3, 4},
        v -> new float[] {v[0] + v[3], Math.fma(v[0], v[1] - v[2], v[4])},
        (a, s, n) -> rows.addProducts(a[0], s[0], a[1], s[1], a[2], a[3], a[4], n),
        2,
        3,
        4);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeGradient(RowKernels rows) {
    ElementwiseContract.check(
        "normalizeGradient",
        7,
        new int[] {6},
        v -> new float[] {Math.fma(v[3], v[0], Math.fma(v[4], v[1] - v[2], v[5]))},
        (a, s, n) ->
            rows.normalizeGradient(a[0], s[0], a[1], s[1], a[2], a[3], a[4], a[5], a[6], s[6], n),
        2,
        3,
        4,
        5);
  }
}
