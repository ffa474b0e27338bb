package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.reference.Numbers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link Kernels}, held against naive loops, bit for bit. */
class KernelsContractTest {
  private static final int[] RUNS = {1, 2, 13, 207};

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void productsAreNaiveSumsAndWriteNothingElse(Kernels kernels) {
    int[][] steps = {{1, 192}, {192, 1}, {1, 3}, {7, 2}};
    for (int[] step : steps) {
      for (int run : RUNS) {
        for (int width : widths(kernels)) {
          for (int rows = 1; rows <= 25; rows++) {
            check(kernels, run, step[0], step[1], rows, width, 1f);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void productsOverflowAndUnderflowLikeTheNaiveSum(Kernels kernels) {
    for (float scale : new float[] {0x1p100f, 0x1p-70f, 0f, Float.NaN}) {
      check(kernels, 13, 1, 192, 7, kernels.panelWidth(), scale);
      check(kernels, 13, 192, 1, 7, kernels.lanes(), scale);
    }
  }

  /** Every number of whole vectors. */
  private static int[] widths(Kernels kernels) {
    return IntStream.rangeClosed(1, kernels.panelWidth())
        .filter(columns -> columns % kernels.lanes() == 0)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void thePanelForColumnsIsTheNarrowestInWholeVectors(Kernels kernels) {
    for (int columns = 1; columns <= kernels.panelWidth(); columns++) {
      int width = kernels.widthFor(columns);
      assertEquals(0, width % kernels.lanes());
      assertTrue(width >= columns && width < columns + kernels.lanes(), columns + ": " + width);
    }
  }

  private static void check(
      Kernels kernels, int run, int termStep, int rowStep, int rows, int width, float scale) {
    int memory = rows + Kernels.SPARE_ROWS;
    float[] x = scaled(Numbers.array(1, 5 + run * termStep + memory * rowStep), scale);
    float[] panel = scaled(Numbers.array(2, 9 + run * width), scale);
    float[] out = Numbers.array(3, 3 + memory * width + 20);
    float[] expected = out.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        float sum = 0;
        for (int k = 0; k < run; k++) {
          sum = Math.fma(x[5 + k * termStep + i * rowStep], panel[9 + k * width + j], sum);
        }
        expected[3 + i * width + j] += sum;
      }
    }
    kernels.product(termStep, rowStep, width).accumulate(run, x, 5, panel, 9, out, 3, width, rows);
    // what the rows past the last one hold means nothing
    System.arraycopy(out, 3 + rows * width, expected, 3 + rows * width, Kernels.SPARE_ROWS * width);
    assertSameBits(
        expected,
        out,
        "run %d, steps %d and %d, rows %d, width %d"
            .formatted(run, termStep, rowStep, rows, width));
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
