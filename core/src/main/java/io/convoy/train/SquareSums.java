package io.convoy.train;

/** Sums of squares, for norms, whose order is part of the numerics contract. */
final class SquareSums {
  private static final int LANES = 16;

  private SquareSums() {}

  /**
   * The sum of squares of {@code values[from, to)}: element from + i in lane i mod 16, the lanes'
   * sums added pairwise. Squares of floats are exact in double precision, and their sum does not
   * overflow.
   */
  static double of(float[] values, int from, int to) {
    double[] lanes = new double[LANES];
    int whole = to - (to - from) % LANES;
    for (int lane = 0; lane < LANES; lane += 4) {
      addSquares(values, from + lane, whole, lanes, lane);
    }
    for (int i = whole; i < to; i++) {
      lanes[i - whole] += square(values[i]);
    }
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int lane = 0; lane < width; lane++) {
        lanes[lane] += lanes[lane + width];
      }
    }
    return lanes[0];
  }

  /** Four lanes at a time: so many sums stay in registers, and no one waits for the one before. */
  private static void addSquares(float[] values, int from, int to, double[] lanes, int lane) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = from; i < to; i += LANES) {
      first += square(values[i]);
      second += square(values[i + 1]);
      third += square(values[i + 2]);
      fourth += square(values[i + 3]);
    }
    lanes[lane] = first;
    lanes[lane + 1] = second;
    lanes[lane + 2] = third;
    lanes[lane + 3] = fourth;
  }

  private static double square(double element) {
    return element * element;
  }
}
