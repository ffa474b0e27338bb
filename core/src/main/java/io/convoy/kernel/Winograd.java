package io.convoy.kernel;

import static java.lang.Math.fma;

/** What Winograd's algorithms have in common that this project uses: their six points. */
public final class Winograd {
  /** Inputs of a tile each way. */
  public static final int PATCH = 6;

  /** Planes of a transformed tile. */
  public static final int PLANES = PATCH * PATCH;

  /** {@code 1/3}. */
  public static final float THIRD = 1f / 3;

  /** {@code 1/6}. */
  public static final float SIXTH = 1f / 6;

  /** {@code 1/12}. */
  public static final float TWELFTH = 1f / 12;

  /** {@code 1/24}. */
  public static final float TWENTY_FOURTH = 1f / 24;

  private Winograd() {}

  /**
   * {@code y = Bᵀ x}, 6 to 6, in one dimension and for one channel: element i of a column or row is
   * {@code x[at + i * step]}.
   */
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
}
