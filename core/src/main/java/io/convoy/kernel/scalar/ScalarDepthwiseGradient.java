package io.convoy.kernel.scalar;

import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;

/**
 * {@link DepthwiseGradient} one channel at a time.
 *
 * @param windows where the windows lie
 */
public record ScalarDepthwiseGradient(DepthwiseWindows windows) implements DepthwiseGradient {
  @Override
  public void accumulate(
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart,
      int rows,
      int first,
      int until) {
    for (int row = 0; row < rows; row++) {
      int xRow = xStart + row * windows.xRowStep();
      int dyRow = dyStart + row * windows.yRowStep();
      for (int tap = 0; tap < windows.taps(); tap++) {
        for (int c = first; c < until; c++) {
          int channel = c - first;
          int at = sumsStart + (channel / GROUP * windows.taps() + tap) * GROUP + channel % GROUP;
          sums[at] = row(x, xRow + windows.offsets()[tap] + c, dy, dyRow + c, sums[at]);
        }
      }
    }
  }

  private float row(float[] x, int xStart, float[] dy, int dyStart, float start) {
    int pixels = windows.pixels();
    int whole = pixels / RUN * RUN;
    float sum = start;
    for (int run = 0; run < whole; run += RUN) {
      float part = 0f;
      for (int p = run; p < run + RUN; p++) {
        part = Math.fma(x[xStart + p * windows.xStep()], dy[dyStart + p * windows.yStep()], part);
      }
      sum += part;
    }
    for (int p = whole; p < pixels; p++) {
      sum = Math.fma(x[xStart + p * windows.xStep()], dy[dyStart + p * windows.yStep()], sum);
    }
    return sum;
  }
}
