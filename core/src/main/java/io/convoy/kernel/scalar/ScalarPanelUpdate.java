package io.convoy.kernel.scalar;

import io.convoy.kernel.PanelUpdate;

/** {@link PanelUpdate} one number at a time. */
record ScalarPanelUpdate(int panelStep, int outStep) implements PanelUpdate {
  @Override
  public void update(
      int terms,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows,
      int columns) {
    for (int i = 0; i < rows; i++) {
      int to = outStart + i * outStep;
      for (int k = 0; k < terms; k++) {
        float factor = x[xStart + i * TERMS + k];
        int row = panelStart + k * panelStep;
        for (int j = 0; j < columns; j++) {
          out[to + j] = Math.fma(factor, panel[row + j], out[to + j]);
        }
      }
    }
  }
}
