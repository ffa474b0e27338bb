package io.convoy.kernel.scalar;

import io.convoy.kernel.ScatteredProduct;

/** {@link ScatteredProduct} one number at a time. */
record ScalarScatteredProduct(int rowStep, int width) implements ScatteredProduct {
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
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        float sum = 0f;
        for (int k = 0; k < run; k++) {
          float factor = x[xStart + xOffsets[k] + i * rowStep];
          sum = Math.fma(factor, panel[panelStart + panelOffsets[k] + j], sum);
        }
        out[outStart + i * outStep + j] = sum + addend[addendStart + i * addendStep + j];
      }
    }
  }
}
