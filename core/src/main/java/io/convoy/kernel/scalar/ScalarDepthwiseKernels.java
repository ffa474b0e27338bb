package io.convoy.kernel.scalar;

import io.convoy.kernel.DepthwiseKernels;

/** {@link DepthwiseKernels} one channel at a time. */
public final class ScalarDepthwiseKernels implements DepthwiseKernels {
  @Override
  public void correlate(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yStep,
      int pixels,
      int channels) {
    correlate(
        offsets, x, xStart, xStep, weights, bias, biasStart, y, yStart, yStep, pixels, 0, channels);
  }

  /** The channels from {@code first} on. */
  public static void correlate(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yStep,
      int pixels,
      int first,
      int channels) {
    for (int p = 0; p < pixels; p++) {
      for (int c = first; c < channels; c++) {
        float sum = 0f;
        for (int t = 0; t < offsets.length; t++) {
          sum = Math.fma(x[xStart + p * xStep + offsets[t] + c], weights[t * channels + c], sum);
        }
        y[yStart + p * yStep + c] = bias[biasStart + c] + sum;
      }
    }
  }

  @Override
  public void gradient(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] sums,
      int pixels,
      int channels) {
    gradient(offsets, x, xStart, xStep, dy, dyStart, dyStep, sums, pixels, 0, channels);
  }

  /** The channels from {@code first} on. */
  public static void gradient(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] sums,
      int pixels,
      int first,
      int channels) {
    for (int t = 0; t < offsets.length; t++) {
      for (int c = first; c < channels; c++) {
        float sum = 0f;
        for (int p = 0; p < pixels; p++) {
          sum = Math.fma(x[xStart + p * xStep + offsets[t] + c], dy[dyStart + p * dyStep + c], sum);
        }
        sums[t * channels + c] += sum;
      }
    }
  }
}
