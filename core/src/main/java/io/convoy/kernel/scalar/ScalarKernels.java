package io.convoy.kernel.scalar;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.RowKernels;

/** {@link Kernels} one number at a time. */
public final class ScalarKernels implements Kernels {
  private static final int WIDTH = 16;

  private final RowKernels rows = new ScalarRowKernels();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public RowKernels rows() {
    return rows;
  }

  @Override
  public void multiply(
      int run,
      float[] x,
      int xBase,
      int[] xOffsets,
      float[] panel,
      int panelStart,
      float[] y,
      int yBase,
      int[] yOffsets,
      int first,
      int rows,
      int columns,
      boolean accumulate) {
    float[] sums = new float[WIDTH];
    for (int i = first; i < first + rows; i++) {
      sum(run, x, xBase + xOffsets[i], 1, panel, panelStart, sums);
      store(sums, y, yBase + yOffsets[i], columns, accumulate);
    }
  }

  @Override
  public void correlate(
      int run,
      float[] x,
      int xStart,
      int xStride,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows,
      boolean accumulate) {
    float[] sums = new float[WIDTH];
    for (int i = 0; i < rows; i++) {
      sum(run, x, xStart + i, xStride, panel, panelStart, sums);
      store(sums, out, outStart + i * WIDTH, WIDTH, accumulate);
    }
  }

  private static void sum(
      int run, float[] x, int xStart, int xStride, float[] panel, int panelStart, float[] sums) {
    java.util.Arrays.fill(sums, 0f);
    for (int k = 0; k < run; k++) {
      float factor = x[xStart + k * xStride];
      int row = panelStart + k * WIDTH;
      for (int j = 0; j < WIDTH; j++) {
        sums[j] = Math.fma(factor, panel[row + j], sums[j]);
      }
    }
  }

  private static void store(float[] sums, float[] y, int start, int columns, boolean accumulate) {
    for (int j = 0; j < columns; j++) {
      y[start + j] = accumulate ? y[start + j] + sums[j] : sums[j];
    }
  }
}
