package io.convoy.kernel.scalar;

import io.convoy.kernel.RowKernels;

/** {@link RowKernels} one number at a time. */
public final class ScalarRowKernels implements RowKernels {
  @Override
  public void copyRows(
      float[] x, int xStart, int xStep, float[] y, int yStart, int yStep, int rows, int length) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x, xStart + row * xStep, y, yStart + row * yStep, length);
    }
  }

  @Override
  public void transpose(
      float[] x, int xStart, int xStep, int rows, float[] y, int yStart, int length) {
    for (int j = 0; j < length; j++) {
      for (int i = 0; i < rows; i++) {
        y[yStart + j * rows + i] = x[xStart + i * xStep + j];
      }
    }
  }

  @Override
  public void add(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = x[xStart + i] + y[yStart + i];
    }
  }

  @Override
  public void addScaled(float[] x, int xStart, float factor, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = Math.fma(factor, x[xStart + i], y[yStart + i]);
    }
  }

  @Override
  public void addRows(
      float[] x, int xStart, int xStep, int rows, float[] sum, int sumStart, int length) {
    for (int i = 0; i < rows; i++) {
      add(x, xStart + i * xStep, sum, sumStart, length);
    }
  }

  @Override
  public void scale(
      float[] x, int xStart, float[] factors, int factorsStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i++) {
      y[yStart + i] = x[xStart + i] * factors[factorsStart + i];
    }
  }

  @Override
  public void divide(float[] x, int xStart, float divisor, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = x[xStart + i] / divisor;
    }
  }

  @Override
  public void normalize(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] y,
      int yStart,
      int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = Math.fma(x[xStart + i] - mean[i], scale[i], shift[i]);
    }
  }

  @Override
  public void addSquares(float[] x, int xStart, float[] mean, float[] squares, int length) {
    for (int i = 0; i < length; i++) {
      float deviation = x[xStart + i] - mean[i];
      squares[i] = Math.fma(deviation, deviation, squares[i]);
    }
  }

  @Override
  public void addProducts(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] sums,
      float[] products,
      int length) {
    for (int i = 0; i < length; i++) {
      float gradient = dy[dyStart + i];
      sums[i] = gradient + sums[i];
      products[i] = Math.fma(gradient, x[xStart + i] - mean[i], products[i]);
    }
  }

  @Override
  public void normalizeGradient(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxStart,
      int length) {
    for (int i = 0; i < length; i++) {
      float centred = Math.fma(slope[i], x[xStart + i] - mean[i], offset[i]);
      dx[dxStart + i] = Math.fma(scale[i], dy[dyStart + i], centred);
    }
  }
}
