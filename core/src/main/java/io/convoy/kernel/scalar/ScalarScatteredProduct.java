package io.convoy.kernel.scalar;

import io.convoy.kernel.ScatteredProduct;
import java.util.Arrays;

/** {@link ScatteredProduct} one number at a time. */
record ScalarScatteredProduct(int rowStep, int panelStep, int width) implements ScatteredProduct {
  @Override
  public int wholeRows() {
    return 1;
  }

  @Override
  public void multiply(
      int run,
      float[] x,
      int xStart,
      int[] xOffsets,
      float[] panel,
      int panelStart,
      int[] panelOffsets,
      float[] addend,
      int addendStart,
      int addendStep,
      float[] out,
      int outStart,
      int outStep,
      int rows) {
    float[] sums = new float[width];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(sums, 0f);
      for (int k = 0; k < run; k++) {
        float factor = x[xStart + xOffsets[k] + i * rowStep];
        add(factor, panel, panelStart + (panelStep > 0 ? k * panelStep : panelOffsets[k]), sums);
      }
      for (int j = 0; j < width; j++) {
        out[outStart + i * outStep + j] = sums[j] + addend[addendStart + i * addendStep + j];
      }
    }
  }

  private static void add(float factor, float[] panel, int row, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(factor, panel[row + j], sums[j]);
    }
  }
}
