package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link ScatteredProduct}, held against naive loops, bit for bit. */
class ScatteredProductContractTest {
  private static final int[] RUNS = {1, 2, 27, 128};
  private static final int GAP = 5;

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void productsAreNaiveSumsAndWriteNothingElse(Kernels kernels) {
    for (int width = 2 * kernels.lanes();
        width <= kernels.panelWidth();
        width += 2 * kernels.lanes()) {
      for (int run : RUNS) {
        for (int rows = 1; rows <= 27; rows++) {
          check(kernels, run, 1, 0, rows, width);
          check(kernels, run, 6, width, rows, width);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void wholeRowsAreFew(Kernels kernels) {
    for (int rows : new int[] {1, 9, 12, 100}) {
      int whole = kernels.scattered(1, 0, 2 * kernels.lanes(), rows).wholeRows();
      assertTrue(whole <= ScatteredProduct.MOST_WHOLE_ROWS, () -> rows + " rows: " + whole);
    }
  }

  private static void check(
      Kernels kernels, int run, int rowStep, int panelStep, int rows, int width) {
    int[] terms = new int[run];
    int[] places = new int[run];
    for (int k = 0; k < run; k++) {
      terms[k] = 3 * k + k / 7 * 11;
      places[k] = (run - 1 - k) * (width + 1);
    }
    int step = width + GAP;
    int memory = rows + ScatteredProduct.SPARE_ROWS;
    float[] x = Numbers.array(1, 5 + terms[run - 1] + memory * rowStep);
    float[] panel = Numbers.array(2, 9 + run * (width + 1));
    float[] added = Numbers.array(3, 3 + memory * step + 20);
    float[] biased = added.clone();
    float[] bias = Numbers.array(4, 7 + width);
    float[] expectedAdded = added.clone();
    float[] expectedBiased = added.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        float sum = 0;
        for (int k = 0; k < run; k++) {
          int row = panelStep > 0 ? k * panelStep : places[k];
          sum = Math.fma(x[5 + terms[k] + i * rowStep], panel[9 + row + j], sum);
        }
        expectedAdded[3 + i * step + j] += sum;
        expectedBiased[3 + i * step + j] = sum + bias[7 + j];
      }
    }
    ScatteredProduct product = kernels.scattered(rowStep, panelStep, width, rows);
    product.multiply(run, x, 5, terms, panel, 9, places, added, 3, step, added, 3, step, rows);
    product.multiply(run, x, 5, terms, panel, 9, places, bias, 7, 0, biased, 3, step, rows);
    boolean whole = rows % product.wholeRows() == 0;
    String place = "run %s, step %s, rows %s, width %s".formatted(run, rowStep, rows, width);
    assertRows(expectedAdded, added, rows, step, width, whole, place);
    assertRows(expectedBiased, biased, rows, step, width, whole, "bias, " + place);
  }

  private static void assertRows(
      float[] expected, float[] out, int rows, int step, int width, boolean whole, String place) {
    if (!whole) { // what the rows past the last one hold means nothing
      for (int row = rows; row < rows + ScatteredProduct.SPARE_ROWS; row++) {
        System.arraycopy(out, 3 + row * step, expected, 3 + row * step, width);
      }
    }
    assertEquals(expected.length, out.length);
    KernelsContractTest.assertSameBits(expected, out, place);
  }
}
