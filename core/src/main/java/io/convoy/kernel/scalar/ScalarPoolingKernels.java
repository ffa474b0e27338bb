package io.convoy.kernel.scalar;

import io.convoy.kernel.PoolingKernels;

/** {@link PoolingKernels} one channel at a time. */
public final class ScalarPoolingKernels implements PoolingKernels {
  @Override
  public void max(
      int[] offsets,
      float[] labels,
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] winners,
      int winnerStart,
      int winnerStep,
      int pixels,
      int channels) {
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        int window = xStart + p * xStep + c;
        float best = x[window + offsets[0]];
        float winner = labels[0];
        for (int t = 1; t < offsets.length; t++) {
          float value = x[window + offsets[t]];
          if (value > best || Float.isNaN(value)) {
            best = value;
            winner = labels[t];
          }
        }
        y[yStart + p * yStep + c] = best;
        winners[winnerStart + p * winnerStep + c] = winner;
      }
    }
  }

  @Override
  public void maxGradient(
      float label,
      float[] winners,
      int winnerStart,
      int winnerStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] dx,
      int dxStart,
      int dxStep,
      int pixels,
      int channels) {
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        if (winners[winnerStart + p * winnerStep + c] == label) {
          dx[dxStart + p * dxStep + c] += dy[dyStart + p * dyStep + c];
        }
      }
    }
  }
}
