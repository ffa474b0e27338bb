package io.convoy.kernel;

import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link RowKernels}, held against its formulas element by element. */
class RowKernelsContractTest {
  private static final int[] LENGTHS = {0, 1, 13, 207, 4098};
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0x1.fffffcp-127f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
  };

  /** The formula of one element: operands in the order of the arrays, results in their order. */
  private interface Formula {
    float[] apply(float[] operands);
  }

  private interface Call {
    void run(float[][] arrays, int[] starts, int length);
  }

  static Stream<RowKernels> providers() {
    return Providers.all().map(Kernels::rows);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void copyRowsCopiesRowsAndNothingElse(RowKernels rows) {
    for (int length : new int[] {0, 1, 13, 16, 64, 207}) {
      for (int count : new int[] {0, 1, 5}) {
        float[] x = mixed(1, 3 + 5 * 9 + length);
        float[] y = mixed(2, 7 + 5 * (length + 3));
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
  void add(RowKernels rows) {
    check(
        "add",
        2,
        new int[] {1},
        v -> new float[] {v[0] + v[1]},
        (a, s, n) -> rows.add(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void relu(RowKernels rows) {
    check(
        "relu",
        2,
        new int[] {1},
        v -> new float[] {Float.isNaN(v[0]) ? v[0] : v[0] > 0 ? v[0] : 0f},
        (a, s, n) -> rows.relu(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void reluGradient(RowKernels rows) {
    check(
        "reluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[0] > 0 ? v[1] : 0f},
        (a, s, n) -> rows.reluGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void scale(RowKernels rows) {
    check(
        "scale",
        3,
        new int[] {2},
        v -> new float[] {v[0] * v[1]},
        (a, s, n) -> rows.scale(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void divide(RowKernels rows) {
    check(
        "divide",
        2,
        new int[] {1},
        v -> new float[] {v[0] / 49f},
        (a, s, n) -> rows.divide(a[0], s[0], 49f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leakyRelu(RowKernels rows) {
    check(
        "leakyRelu",
        2,
        new int[] {1},
        v -> new float[] {v[0] > 0 ? v[0] : 0.01f * v[0]},
        (a, s, n) -> rows.leakyRelu(a[0], s[0], 0.01f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leakyReluGradient(RowKernels rows) {
    check(
        "leakyReluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[0] > 0 ? v[1] : 0.01f * v[1]},
        (a, s, n) -> rows.leakyReluGradient(a[0], s[0], a[1], s[1], 0.01f, a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void sigmoid(RowKernels rows) {
    check(
        "sigmoid",
        2,
        new int[] {1},
        v -> new float[] {FloatMath.sigmoid(v[0])},
        (a, s, n) -> rows.sigmoid(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void sigmoidGradient(RowKernels rows) {
    check(
        "sigmoidGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * Math.fma(-v[0], v[0], v[0])},
        (a, s, n) -> rows.sigmoidGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void tanh(RowKernels rows) {
    check(
        "tanh",
        2,
        new int[] {1},
        v -> new float[] {FloatMath.tanh(v[0])},
        (a, s, n) -> rows.tanh(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void tanhGradient(RowKernels rows) {
    check(
        "tanhGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * Math.fma(-v[0], v[0], 1f)},
        (a, s, n) -> rows.tanhGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalize(RowKernels rows) {
    check(
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
    check(
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
    check(
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
    check(
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

  /**
   * @param operands arrays
   * @param results which of them are written
   * @param fromZero those that start at 0
   */
  private static void check(
      String name, int operands, int[] results, Formula formula, Call call, int... fromZero) {
    for (int length : LENGTHS) {
      int[] starts = new int[operands];
      for (int k = 0; k < operands; k++) {
        starts[k] = 1 + 5 * k;
      }
      for (int k : fromZero) {
        starts[k] = 0;
      }
      float[][] arrays = new float[operands][];
      float[][] expected = new float[operands][];
      for (int k = 0; k < operands; k++) {
        arrays[k] = mixed(k, starts[k] + length + 9);
        expected[k] = arrays[k].clone();
      }
      float[] values = new float[operands];
      for (int i = 0; i < length; i++) {
        for (int k = 0; k < operands; k++) {
          values[k] = arrays[k][starts[k] + i];
        }
        float[] wanted = formula.apply(values);
        for (int r = 0; r < results.length; r++) {
          expected[results[r]][starts[results[r]] + i] = wanted[r];
        }
      }
      call.run(arrays, starts, length);
      for (int k = 0; k < operands; k++) {
        KernelsContractTest.assertSameBits(
            expected[k], arrays[k], "%s, length %d, operand %d".formatted(name, length, k));
      }
    }
  }

  /** Ordinary numbers, with every special one next to every other sooner or later. */
  private static float[] mixed(int operand, int length) {
    float[] values = Numbers.array(20 + operand, length);
    for (int i = 0; i < length; i++) {
      long bits = Numbers.bits(50 + operand, i);
      if ((bits & 1) == 0) {
        values[i] = SPECIAL[(int) ((bits >>> 8) % SPECIAL.length)];
      }
    }
    return values;
  }
}
