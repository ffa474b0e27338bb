package io.convoy.kernel.scalar;

import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseWindows;

/**
 * {@link DepthwiseCorrelation} one channel at a time.
 *
 * @param windows where the windows lie
 */
public record ScalarDepthwiseCorrelation(DepthwiseWindows windows) implements DepthwiseCorrelation {
  @Override
  public void correlate(
      float[] x,
      int xStart,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int rows) {
    for (int row = 0; row < rows; row++) {
      for (int pixel = 0; pixel < windows.pixels(); pixel++) {
        int window = xStart + row * windows.xRowStep() + pixel * windows.xStep();
        int to = yStart + row * windows.yRowStep() + pixel * windows.yStep();
        for (int c = 0; c < windows.channels(); c++) {
          y[to + c] = bias[biasStart + c] + sum(x, window + c, weights, c);
        }
      }
    }
  }

  private float sum(float[] x, int window, float[] weights, int channel) {
    int[] offsets = windows.offsets();
    int pitch = windows.pitch();
    float sum = 0f;
    for (int tap = 0; tap < offsets.length; tap++) {
      sum = Math.fma(x[window + offsets[tap]], weights[tap * pitch + channel], sum);
    }
    return sum;
  }
}
