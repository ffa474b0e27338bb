package io.convoy.kernel.scalar;

import io.convoy.kernel.ResamplingKernel;

/** {@link ResamplingKernel} one output at a time. */
public final class ScalarResamplingKernel implements ResamplingKernel {
  private static final int HALF = 1 << (PRECISION - 1);
  private static final int BRIGHTEST = 255;

  @Override
  public void resample(
      byte[] x,
      int xStart,
      int xStep,
      int lines,
      int[] first,
      int[] start,
      int[] weights,
      int outputs,
      byte[] y,
      int yStart,
      int yStep,
      byte[] work) {
    for (int line = 0; line < lines; line++) {
      int row = xStart + line * xStep;
      for (int o = 0; o < outputs; o++) {
        int sum = HALF;
        int pixel = row + first[o];
        for (int t = start[o]; t < start[o + 1]; t++, pixel++) {
          sum += (x[pixel] & 0xFF) * weights[t];
        }
        int rounded = sum >> PRECISION;
        y[yStart + o * yStep + line] = (byte) Math.max(0, Math.min(BRIGHTEST, rounded));
      }
    }
  }
}
