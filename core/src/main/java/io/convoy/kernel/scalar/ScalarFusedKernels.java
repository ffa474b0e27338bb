package io.convoy.kernel.scalar;

import io.convoy.kernel.FusedKernels;

/** {@link FusedKernels} one number at a time. */
public final class ScalarFusedKernels implements FusedKernels {
  @Override
  public void addRelu(
      float[] a, int aStart, float[] b, int bStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = Math.max(a[aStart + i] + b[bStart + i], 0f);
    }
  }

  @Override
  public void addReluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      dx[dxStart + i] = (y[yStart + i] > 0 ? dy[dyStart + i] : 0f) + dx[dxStart + i];
    }
  }

  @Override
  public void normalizeRelu(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] y,
      int yStart,
      int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = Math.max(Math.fma(x[xStart + i] - mean[i], scale[i], shift[i]), 0f);
    }
  }

  @Override
  public void normalizeAddRelu(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] residual,
      int residualStart,
      float[] y,
      int yStart,
      int length) {
    for (int i = 0; i < length; i++) {
      float normalized = Math.fma(x[xStart + i] - mean[i], scale[i], shift[i]);
      y[yStart + i] = Math.max(normalized + residual[residualStart + i], 0f);
    }
  }

  @Override
  public void addProductsRelu(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] sums,
      float[] products,
      int length) {
    for (int i = 0; i < length; i++) {
      float gradient = y[yStart + i] > 0 ? dy[dyStart + i] : 0f;
      sums[i] = gradient + sums[i];
      products[i] = Math.fma(gradient, x[xStart + i] - mean[i], products[i]);
    }
  }

  @Override
  public void normalizeGradientRelu(
      float[] y,
      int yStart,
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
      float gradient = y[yStart + i] > 0 ? dy[dyStart + i] : 0f;
      float centred = Math.fma(slope[i], x[xStart + i] - mean[i], offset[i]);
      dx[dxStart + i] = Math.fma(scale[i], gradient, centred);
    }
  }

  @Override
  public void addProductsNormalizeRelu(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] sums,
      float[] products,
      int length) {
    for (int i = 0; i < length; i++) {
      float distance = x[xStart + i] - mean[i];
      float gradient = Math.fma(distance, scale[i], shift[i]) > 0 ? dy[dyStart + i] : 0f;
      sums[i] = gradient + sums[i];
      products[i] = Math.fma(gradient, distance, products[i]);
    }
  }

  @Override
  public void normalizeReluGradient(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxStart,
      int length) {
    for (int i = 0; i < length; i++) {
      float distance = x[xStart + i] - mean[i];
      float gradient = Math.fma(distance, scale[i], shift[i]) > 0 ? dy[dyStart + i] : 0f;
      float centred = Math.fma(slope[i], distance, offset[i]);
      dx[dxStart + i] = Math.fma(scale[i], gradient, centred);
    }
  }
}
