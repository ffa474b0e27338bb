package io.convoy.kernel;

import java.util.Arrays;

/**
 * Sums over runs of floats in 16 virtual lanes: element i goes to lane i mod 16, and the lanes are
 * added pairwise. So the order of a sum has no part of the machine's. One thread uses it at a time.
 */
public final class LaneSums {
  private static final int LANES = 16;

  private final float[] lanes = new float[LANES];

  /** The sum of x. */
  public float sum(float[] x, int start, int length) {
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < length; i++) {
      lanes[i % LANES] += x[start + i];
    }
    return combined();
  }

  /** The sum of {@code (x - centre)²}. */
  public float squares(float[] x, int start, float centre, int length) {
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < length; i++) {
      float distance = x[start + i] - centre;
      lanes[i % LANES] = Math.fma(distance, distance, lanes[i % LANES]);
    }
    return combined();
  }

  /** The sum of {@code x y}. */
  public float products(float[] x, int xStart, float[] y, int yStart, int length) {
    Arrays.fill(lanes, 0f);
    for (int i = 0; i < length; i++) {
      lanes[i % LANES] = Math.fma(x[xStart + i], y[yStart + i], lanes[i % LANES]);
    }
    return combined();
  }

  private float combined() {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
