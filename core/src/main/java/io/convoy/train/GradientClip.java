package io.convoy.train;

import io.convoy.error.ConvoyException;
import io.convoy.recipe.ClipOptions;

/** What {@link ClipOptions} ask for, chunk by chunk; the norm of the whole gradient in between. */
final class GradientClip {
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
   * Takes the norm from the sums of squares of all chunks, which it adds in their order.
   *
   * @param figures of all chunks; the first one of each is its sum of squares
   * @param ofChunk figures of each chunk
   * @param step from 1
   * @throws ConvoyException of kind DIVERGED when the norm is no finite number
   */
  void combine(double[] figures, int ofChunk, long step) {
    double sum = 0;
    for (int at = 0; at < figures.length; at += ofChunk) {
      sum += figures[at];
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
