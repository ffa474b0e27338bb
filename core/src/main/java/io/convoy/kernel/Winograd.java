package io.convoy.kernel;

import static java.lang.Math.fma;

/**
 * The transforms of {@link WinogradKernels} in one dimension and for one channel: the operations
 * and their order, which every provider keeps to. Element i of a column or row is {@code x[at + i *
 * step]}.
 */
public final class Winograd {
  /** Outputs of a tile each way. */
  public static final int TILE = 4;

  /** Inputs of a tile each way: {@value #TILE} and what a kernel of 3 reaches further. */
  public static final int PATCH = 6;

  /** Planes of a transformed tile. */
  public static final int PLANES = PATCH * PATCH;

  /** {@code 1/6}. */
  public static final float SIXTH = 1f / 6;

  /** {@code 1/12}. */
  public static final float TWELFTH = 1f / 12;

  /** {@code 1/24}. */
  public static final float TWENTY_FOURTH = 1f / 24;

  private Winograd() {}

  /** {@code y = Bᵀ x}: 6 to 6. */
  public static void input(float[] x, int at, int step, float[] y, int to, int toStep) {
    float x0 = x[at];
    float x1 = x[at + step];
    float x2 = x[at + 2 * step];
    float x3 = x[at + 3 * step];
    float x4 = x[at + 4 * step];
    float x5 = x[at + 5 * step];
    float even = fma(x2, -4f, x4);
    float odd = fma(x1, -4f, x3);
    float even2 = x4 - x2;
    float odd2 = x3 - x1;
    y[to] = fma(x0, 4f, fma(x2, -5f, x4));
    y[to + toStep] = even + odd;
    y[to + 2 * toStep] = even - odd;
    y[to + 3 * toStep] = fma(odd2, 2f, even2);
    y[to + 4 * toStep] = fma(odd2, -2f, even2);
    y[to + 5 * toStep] = fma(x1, 4f, fma(x3, -5f, x5));
  }

  /** {@code y = G x}: 3 to 6. */
  public static void weights(float[] x, int at, int step, float[] y, int to, int toStep) {
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

  /** {@code y = Aᵀ x}: 6 to 4. */
  public static void output(float[] x, int at, int step, float[] y, int to, int toStep) {
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

  /** {@code y = A x}: 4 to 6. */
  public static void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
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

  /** {@code y = Gᵀ x}: 6 to 3. */
  public static void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
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
}
