package io.convoy.check;

import java.util.function.ToDoubleFunction;

/**
 * Derivatives of a loss by central differences, {@code (L(w + h d) - L(w - h d)) / 2h}, beside
 * those that a gradient gives. The loss is computed in fp32, and rectifiers and maxima have kinks:
 * so some steps h are tried, and the one that agrees best counts. A right gradient agrees at one of
 * them at least; a wrong one, at none but by chance.
 *
 * <p>What rounding may make of a difference is not held against the gradient: errors count from
 * {@code 2^-22 max(1, |L|) / h} on, about four roundings of the loss.
 */
final class GradientDifferences {
  /** Below this error no other step is tried. */
  private static final double AGREES = 0.01;

  /** Along a direction, by how much the smallest step is smaller than the largest. */
  private static final double FINEST = 4096;

  /** How many times what rounding may make of it a derivative has to be, to be compared. */
  private static final double CLEAR = 64;

  private final ToDoubleFunction<float[]> loss;
  private final float[] weights;
  private final float[] moved;
  private final double rounding;

  /**
   * A derivative, twice.
   *
   * @param gradient as the gradient has it
   * @param difference as differences have it
   * @param error relative to the larger of them; 0 where rounding could be all of it
   * @param comparable whether the derivative is large enough to be told from rounding
   */
  record Comparison(double gradient, double difference, double error, boolean comparable) {}

  /**
   * @param loss at any weights
   * @param weights where it is derived; not changed
   */
  GradientDifferences(ToDoubleFunction<float[]> loss, float[] weights) {
    this.loss = loss;
    this.weights = weights;
    moved = weights.clone();
    rounding = 0x1p-22 * Math.max(1, Math.abs(loss.applyAsDouble(weights)));
  }

  /**
   * By one parameter.
   *
   * @param scale the size of such parameters, above 0
   */
  Comparison at(int index, double gradient, double scale) {
    return best(gradient, new double[] {0x1p-4 * scale, 0x1p-2 * scale, 0x1p-7 * scale}, index);
  }

  /**
   * Along a direction of length 1, of all parameters; by the weights as they are rounded.
   *
   * @param direction as long as the weights
   * @param gradient of all parameters
   * @param step the largest h, above 0; the others are smaller, for a long gradient often is that
   *     of batch norms over a few samples, which is right nearby alone
   * @param typical size of derivatives along such directions: errors are relative to it where it is
   *     larger, for along some directions the loss happens to change little
   */
  Comparison along(float[] direction, float[] gradient, double step, double typical) {
    Comparison best = null;
    for (double h = step; h >= step / FINEST; h /= 8) {
      move(direction, h);
      double above = loss.applyAsDouble(moved);
      move(direction, -h);
      double below = loss.applyAsDouble(moved);
      double slope = 0;
      for (int i = 0; i < weights.length; i++) {
        float up = (float) (weights[i] + h * direction[i]);
        slope += (double) gradient[i] * ((double) up - moved[i]);
      }
      double derivative = slope / (2 * h);
      best = better(best, compare(derivative, (above - below) / (2 * h), h, typical));
      if (best.error() < AGREES) {
        break;
      }
    }
    System.arraycopy(weights, 0, moved, 0, weights.length);
    return best;
  }

  private void move(float[] direction, double h) {
    for (int i = 0; i < weights.length; i++) {
      moved[i] = (float) (weights[i] + h * direction[i]);
    }
  }

  private Comparison best(double gradient, double[] steps, int index) {
    Comparison best = null;
    for (double h : steps) {
      float up = (float) (weights[index] + h);
      float down = (float) (weights[index] - h);
      moved[index] = up;
      double above = loss.applyAsDouble(moved);
      moved[index] = down;
      double below = loss.applyAsDouble(moved);
      moved[index] = weights[index];
      best = better(best, compare(gradient, (above - below) / ((double) up - down), h, 0));
      if (best.error() < AGREES) {
        break;
      }
    }
    return best;
  }

  private Comparison compare(double gradient, double difference, double h, double typical) {
    double noise = rounding / h;
    double size = Math.max(Math.abs(gradient), Math.abs(difference));
    double wrong = Math.max(0, Math.abs(gradient - difference) - noise);
    double error = wrong == 0 ? 0 : wrong / Math.max(size, typical);
    return new Comparison(gradient, difference, error, size > CLEAR * noise);
  }

  /** One that can be compared counts more than one that cannot. */
  private static Comparison better(Comparison one, Comparison other) {
    if (one == null || one.comparable() != other.comparable()) {
      return one == null || other.comparable() ? other : one;
    }
    return other.error() < one.error() ? other : one;
  }
}
