package io.convoy.kernel.scalar;

import io.convoy.kernel.PanelProduct;
import java.util.Arrays;

/** {@link PanelProduct} one number at a time. */
record ScalarPanelProduct(int termStep, int rowStep, int panelStep, int width)
    implements PanelProduct {
  @Override
  public void multiply(
      int run,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] addend,
      int addendStart,
      int addendStep,
      float[] out,
      int outStart,
      int outStep,
      int rows) {
    float[] sums = new float[width];
    for (int i = 0; i < rows; i++) {
      sum(run, x, xStart + i * rowStep, panel, panelStart, sums);
      for (int j = 0; j < width; j++) {
        out[outStart + i * outStep + j] = sums[j] + addend[addendStart + i * addendStep + j];
      }
    }
  }

  private void sum(int run, float[] x, int xStart, float[] panel, int panelStart, float[] sums) {
    Arrays.fill(sums, 0f);
    for (int k = 0; k < run; k++) {
      float factor = x[xStart + k * termStep];
      int row = panelStart + k * panelStep;
      for (int j = 0; j < width; j++) {
        sums[j] = Math.fma(factor, panel[row + j], sums[j]);
      }
    }
  }
}
