package io.convoy.kernel;

/**
 * Rows of windows of max-pooling, as a contract: each channel by itself, taps in the order given.
 * Windows lie {@code xStep} floats apart, tap t {@code offsets[t]} floats from a window's start,
 * output pixels {@code yStep}, winners {@code winnerStep}.
 */
public interface PoolingKernels {
  /**
   * The maxima of a row of windows, and which tap each came from: the first of equal ones. A NaN
   * wins over all before it and is not beaten.
   *
   * @param offsets at least one
   * @param labels what is written to {@code winners} for each tap
   */
  void max(
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
      int channels);

  /** {@code dx = winner == label ? dx + dy : dx}: the gradient of one tap, for a row of windows. */
  void maxGradient(
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
      int channels);
}
