package io.convoy.train;

import io.convoy.error.ConvoyException;
import io.convoy.recipe.ClipOptions;

/** What {@link ClipOptions} ask for, chunk by chunk; the norm of the whole gradient in between. */
final class GradientClip {
  private static final int LANES = 16;

  private final Float value;
  private final Float limit;
  private double norm;
  private float scale = 1;

  /**
   * @param options null for no limit
   */
  GradientClip(ClipOptions options) {
    value = options == null ? null : options.value();
    limit = options == null ? null : options.norm();
  }

  /** Whether all chunks must be known before any of them can be clipped. */
  boolean byNorm() {
    return limit != null;
  }

  /** Limits each element, if that is asked for; a NaN stays. */
  void limitValues(float[] gradient, int length) {
    if (value == null) {
      return;
    }
    float highest = value;
    for (int i = 0; i < length; i++) {
      gradient[i] = Math.max(-highest, Math.min(highest, gradient[i]));
    }
  }

  /**
   * The sum of squares of a chunk: element i in lane i mod 16, the lanes' sums added pairwise.
   * Squares of floats are exact in double precision, and their sum does not overflow.
   */
  static double squares(float[] gradient, int length) {
    double[] lanes = new double[LANES];
    int whole = length - length % LANES;
    for (int lane = 0; lane < LANES; lane += 4) {
      addSquares(gradient, lane, whole, lanes);
    }
    for (int i = whole; i < length; i++) {
      lanes[i - whole] += square(gradient[i]);
    }
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int lane = 0; lane < width; lane++) {
        lanes[lane] += lanes[lane + width];
      }
    }
    return lanes[0];
  }

  /** Four lanes at a time: so many sums stay in registers, and no one waits for the one before. */
  private static void addSquares(float[] gradient, int lane, int whole, double[] lanes) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = lane; i < whole; i += LANES) {
      first += square(gradient[i]);
      second += square(gradient[i + 1]);
      third += square(gradient[i + 2]);
      fourth += square(gradient[i + 3]);
    }
    lanes[lane] = first;
    lanes[lane + 1] = second;
    lanes[lane + 2] = third;
    lanes[lane + 3] = fourth;
  }

  private static double square(double element) {
    return element * element;
  }

  /**
   * Takes the norm from the sums of squares of all chunks, which it adds in their order.
   *
   * @param step from 1
   * @throws ConvoyException of kind DIVERGED when the norm is no finite number
   */
  void combine(double[] squares, long step) {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    norm = Math.sqrt(sum);
    if (!Double.isFinite(norm)) {
      throw new ConvoyException(
          ConvoyException.Kind.DIVERGED,
          ("step %s: the norm of the gradient is %s: start a new run with a lower learning rate or"
                  + " more warm-up")
              .formatted(step, norm));
    }
    scale = norm > limit ? (float) (limit / norm) : 1f;
  }

  /** The norm that was compared with the limit: before the gradient was scaled. */
  double norm() {
    return norm;
  }

  /** Limits the norm: scales a chunk as all others. */
  void limitNorm(float[] gradient, int length) {
    if (scale == 1) {
      return;
    }
    for (int i = 0; i < length; i++) {
      gradient[i] *= scale;
    }
  }
}
