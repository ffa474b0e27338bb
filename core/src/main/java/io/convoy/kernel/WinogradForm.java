package io.convoy.kernel;

import static io.convoy.kernel.Winograd.SIXTH;
import static io.convoy.kernel.Winograd.THIRD;
import static io.convoy.kernel.Winograd.TWELFTH;
import static io.convoy.kernel.Winograd.TWENTY_FOURTH;
import static java.lang.Math.fma;

/**
 * How many outputs a tile of 6 x 6 inputs makes with which kernel: the transforms of {@link
 * WinogradKernels} in one dimension and for one channel, that is, the operations and their order,
 * which every provider keeps to. Element i of a column or row is {@code x[at + i * step]}.
 */
public enum WinogradForm {
  /** F(4x4, 3x3): 36 multiplications in place of 144. */
  F4X3(4, 3) {
    @Override
    public void weights(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x0 = x[at];
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float ends = x0 + x2;
      float far = fma(x2, SIXTH, x0 * TWENTY_FOURTH);
      y[to] = x0 * 0.25f;
      y[to + toStep] = (ends + x1) * -SIXTH;
      y[to + 2 * toStep] = (x1 - ends) * SIXTH;
      y[to + 3 * toStep] = fma(x1, TWELFTH, far);
      y[to + 4 * toStep] = fma(x1, -TWELFTH, far);
      y[to + 5 * toStep] = x2;
    }

    @Override
    public void output(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float x3 = x[at + 3 * step];
      float x4 = x[at + 4 * step];
      float near = x1 + x2;
      float nearGap = x1 - x2;
      float far = x3 + x4;
      float farGap = x3 - x4;
      y[to] = x[at] + near + far;
      y[to + toStep] = fma(farGap, 2f, nearGap);
      y[to + 2 * toStep] = fma(far, 4f, near);
      y[to + 3 * toStep] = fma(farGap, 8f, nearGap) + x[at + 5 * step];
    }

    @Override
    public void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x0 = x[at];
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float x3 = x[at + 3 * step];
      float even = x0 + x2;
      float odd = x1 + x3;
      float even2 = fma(x2, 4f, x0);
      float odd2 = fma(x3, 4f, x1);
      y[to] = x0;
      y[to + toStep] = even + odd;
      y[to + 2 * toStep] = even - odd;
      y[to + 3 * toStep] = fma(odd2, 2f, even2);
      y[to + 4 * toStep] = fma(odd2, -2f, even2);
      y[to + 5 * toStep] = x3;
    }

    @Override
    public void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float x3 = x[at + 3 * step];
      float x4 = x[at + 4 * step];
      float near = x1 + x2;
      float nearGap = x2 - x1;
      float far = x3 + x4;
      float farGap = x3 - x4;
      y[to] = fma(far, TWENTY_FOURTH, fma(near, -SIXTH, x[at] * 0.25f));
      y[to + toStep] = fma(farGap, TWELFTH, nearGap * SIXTH);
      y[to + 2 * toStep] = fma(far - near, SIXTH, x[at + 5 * step]);
    }
  },

  /** F(2x2, 5x5): 36 multiplications in place of 100. */
  F2X5(2, 5) {
    @Override
    public void weights(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x0 = x[at];
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float x3 = x[at + 3 * step];
      float x4 = x[at + 4 * step];
      float even = x0 + x2 + x4;
      float odd = x1 + x3;
      float even2 = fma(x4, 2 * THIRD, fma(x2, SIXTH, x0 * TWENTY_FOURTH));
      float odd2 = fma(x3, THIRD, x1 * TWELFTH);
      y[to] = x0 * 0.25f;
      y[to + toStep] = (even + odd) * -SIXTH;
      y[to + 2 * toStep] = (odd - even) * SIXTH;
      y[to + 3 * toStep] = even2 + odd2;
      y[to + 4 * toStep] = even2 - odd2;
      y[to + 5 * toStep] = x4;
    }

    @Override
    public void output(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float x3 = x[at + 3 * step];
      float x4 = x[at + 4 * step];
      y[to] = x[at] + (x1 + x2) + (x3 + x4);
      y[to + toStep] = fma(x3 - x4, 2f, x1 - x2) + x[at + 5 * step];
    }

    @Override
    public void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x0 = x[at];
      float x1 = x[at + step];
      y[to] = x0;
      y[to + toStep] = x0 + x1;
      y[to + 2 * toStep] = x0 - x1;
      y[to + 3 * toStep] = fma(x1, 2f, x0);
      y[to + 4 * toStep] = fma(x1, -2f, x0);
      y[to + 5 * toStep] = x1;
    }

    @Override
    public void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
      float x1 = x[at + step];
      float x2 = x[at + 2 * step];
      float x3 = x[at + 3 * step];
      float x4 = x[at + 4 * step];
      float near = x1 + x2;
      float far = x3 + x4;
      float gaps = (x2 - x1) * SIXTH;
      float farGap = x3 - x4;
      y[to] = fma(far, TWENTY_FOURTH, fma(near, -SIXTH, x[at] * 0.25f));
      y[to + toStep] = fma(farGap, TWELFTH, gaps);
      y[to + 2 * toStep] = (far - near) * SIXTH;
      y[to + 3 * toStep] = fma(farGap, THIRD, gaps);
      y[to + 4 * toStep] = fma(far, 2 * THIRD, fma(near, -SIXTH, x[at + 5 * step]));
    }
  };

  private final int tile;
  private final int kernel;

  WinogradForm(int tile, int kernel) {
    this.tile = tile;
    this.kernel = kernel;
  }

  /** Outputs of a tile each way. */
  public int tile() {
    return tile;
  }

  /** Taps of the kernel each way. */
  public int kernel() {
    return kernel;
  }

  /** {@code y = G x}: {@link #kernel} to 6. */
  public abstract void weights(float[] x, int at, int step, float[] y, int to, int toStep);

  /** {@code y = Aᵀ x}: 6 to {@link #tile}. */
  public abstract void output(float[] x, int at, int step, float[] y, int to, int toStep);

  /** {@code y = A x}: {@link #tile} to 6. */
  public abstract void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep);

  /** {@code y = Gᵀ x}: 6 to {@link #kernel}. */
  public abstract void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep);
}
