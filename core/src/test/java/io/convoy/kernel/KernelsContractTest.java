package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.reference.Numbers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link Kernels}, held against naive loops, bit for bit. */
class KernelsContractTest {
  private static final int[] RUNS = {1, 2, 13, 207};
  private static final List<Boolean> BOTH = List.of(false, true);

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void multiplyIsTheNaiveSumAndWritesNothingElse(Kernels kernels) {
    for (int run : RUNS) {
      for (int rows = 1; rows <= 13; rows++) {
        for (int columns = 1; columns <= kernels.panelWidth(); columns++) {
          for (boolean accumulate : BOTH) {
            checkMultiply(kernels, run, rows, columns, accumulate, 1f);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void multiplyOverflowsAndUnderflowsLikeTheNaiveSum(Kernels kernels) {
    for (float scale : new float[] {0x1p100f, 0x1p-70f, 0f, Float.NaN}) {
      checkMultiply(kernels, 13, 7, kernels.panelWidth(), true, scale);
      checkMultiply(kernels, 13, 7, kernels.panelWidth() - 1, false, scale);
    }
  }

  private static void checkMultiply(
      Kernels kernels, int run, int rows, int columns, boolean accumulate, float scale) {
    int width = kernels.panelWidth();
    int first = 2;
    int xBase = 5;
    int yBase = 3;
    int[] xOffsets = new int[first + rows];
    int[] yOffsets = new int[first + rows];
    for (int i = 0; i < rows; i++) {
      xOffsets[first + i] = 3 * ((7 * i) % rows); // windows overlap and come in any order
      yOffsets[first + i] = (rows - 1 - i) * (width + 1);
    }
    float[] x = scaled(Numbers.array(1, xBase + 3 * rows + run), scale);
    float[] panel = scaled(Numbers.array(2, 9 + run * width), scale);
    float[] y = Numbers.array(3, yBase + rows * (width + 1) + 20);
    float[] expected = y.clone();
    for (int i = first; i < first + rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = 0;
        for (int k = 0; k < run; k++) {
          sum = Math.fma(x[xBase + xOffsets[i] + k], panel[9 + k * width + j], sum);
        }
        int at = yBase + yOffsets[i] + j;
        expected[at] = accumulate ? expected[at] + sum : sum;
      }
    }
    kernels.multiply(
        run, x, xBase, xOffsets, panel, 9, y, yBase, yOffsets, first, rows, columns, accumulate);
    assertSameBits(
        expected, y, "run %d rows %d columns %d %b".formatted(run, rows, columns, accumulate));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void correlateIsTheNaiveSumAndWritesNothingElse(Kernels kernels) {
    for (int run : RUNS) {
      for (int rows = 1; rows <= 27; rows++) {
        for (boolean accumulate : BOTH) {
          checkCorrelate(kernels, run, rows, rows + 4, accumulate);
          checkCorrelate(kernels, run, rows, Math.max(1, rows / 2), accumulate);
        }
      }
    }
  }

  private static void checkCorrelate(
      Kernels kernels, int run, int rows, int stride, boolean accumulate) {
    int width = kernels.panelWidth();
    float[] x = Numbers.array(4, 7 + run * stride + rows);
    float[] panel = Numbers.array(5, 3 + run * width);
    float[] out = Numbers.array(6, 11 + rows * width + 20);
    float[] expected = out.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        float sum = 0;
        for (int k = 0; k < run; k++) {
          sum = Math.fma(x[7 + k * stride + i], panel[3 + k * width + j], sum);
        }
        int at = 11 + i * width + j;
        expected[at] = accumulate ? expected[at] + sum : sum;
      }
    }
    kernels.correlate(run, x, 7, stride, panel, 3, out, 11, rows, accumulate);
    assertSameBits(
        expected, out, "run %d rows %d stride %d %b".formatted(run, rows, stride, accumulate));
  }

  private static float[] scaled(float[] values, float scale) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return values;
  }

  /** Bits, with one pattern for all NaN. */
  static void assertSameBits(float[] expected, float[] actual, String place) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        assertEquals(expected[i], actual[i], place + ", element " + i);
      }
    }
  }
}
