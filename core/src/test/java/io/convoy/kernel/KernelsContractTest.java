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
            check(kernels, run, step[0], step[1], rows, width, 0, 1f);
            check(kernels, run, step[0], step[1], rows, width, 5, 1f);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void productsOverflowAndUnderflowLikeTheNaiveSum(Kernels kernels) {
    for (float scale : new float[] {0x1p100f, 0x1p-70f, 0f, Float.NaN}) {
      check(kernels, 13, 1, 192, 7, kernels.panelWidth(), 0, scale);
      check(kernels, 13, 192, 1, 7, kernels.lanes(), 0, scale);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void updatesCarrySumsOnAndWriteNothingElse(Kernels kernels) {
    for (int terms = 1; terms <= PanelUpdate.TERMS; terms++) {
      for (int rows : new int[] {1, 2, 7, 16}) {
        for (int columns = 32; columns <= 96; columns += PanelUpdate.COLUMNS) {
          checkUpdate(kernels, terms, rows, columns, 0);
          checkUpdate(kernels, terms, rows, columns, 5);
        }
      }
    }
  }

  private static void checkUpdate(Kernels kernels, int terms, int rows, int columns, int gap) {
    int panelStep = columns + gap;
    int outStep = columns + 2 * gap;
    float[] x = Numbers.array(1, 5 + rows * PanelUpdate.TERMS);
    float[] panel = Numbers.array(2, 9 + terms * panelStep);
    float[] out = Numbers.array(3, 3 + rows * outStep + 20);
    float[] expected = out.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int at = 3 + i * outStep + j;
        for (int k = 0; k < terms; k++) {
          float factor = x[5 + i * PanelUpdate.TERMS + k];
          expected[at] = Math.fma(factor, panel[9 + k * panelStep + j], expected[at]);
        }
      }
    }
    kernels.update(panelStep, outStep).update(terms, x, 5, panel, 9, out, 3, rows, columns);
    String place = "terms %s, rows %s, columns %s, gap %s".formatted(terms, rows, columns, gap);
    assertSameBits(expected, out, place);
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

  /**
   * @param gap floats between rows of the panel, and between rows of the result
   */
  private static void check(
      Kernels kernels,
      int run,
      int termStep,
      int rowStep,
      int rows,
      int width,
      int gap,
      float scale) {
    int step = width + gap;
    int memory = rows + Kernels.SPARE_ROWS;
    float[] x = scaled(Numbers.array(1, 5 + run * termStep + memory * rowStep), scale);
    float[] panel = scaled(Numbers.array(2, 9 + run * step), scale);
    float[] out = Numbers.array(3, 3 + memory * step + 20);
    float[] bias = Numbers.array(4, 7 + width);
    float[] added = out.clone();
    float[] biased = out.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        float sum = 0;
        for (int k = 0; k < run; k++) {
          sum = Math.fma(x[5 + k * termStep + i * rowStep], panel[9 + k * step + j], sum);
        }
        added[3 + i * step + j] += sum;
        biased[3 + i * step + j] = sum + bias[7 + j];
      }
    }
    PanelProduct product = kernels.product(termStep, rowStep, step, width);
    String place =
        "run %s, steps %s and %s, rows %s, width %s, gap %s"
            .formatted(run, termStep, rowStep, rows, width, gap);
    float[] start = out.clone();
    product.accumulate(run, x, 5, panel, 9, out, 3, step, rows);
    assertRows(added, out, rows, step, width, place);
    product.multiply(run, x, 5, panel, 9, bias, 7, 0, start, 3, step, rows);
    assertRows(biased, start, rows, step, width, "bias, " + place);
  }

  /** What the rows past the last one hold means nothing, unless there are whole tiles. */
  private static void assertRows(
      float[] expected, float[] out, int rows, int step, int width, String place) {
    if (rows % Kernels.WHOLE_ROWS != 0) {
      for (int row = rows; row < rows + Kernels.SPARE_ROWS; row++) {
        System.arraycopy(out, 3 + row * step, expected, 3 + row * step, width);
      }
    }
    assertSameBits(expected, out, place);
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
