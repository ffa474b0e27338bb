package io.convoy.health;

import io.convoy.layer.Parameter;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Recipe;
import java.util.List;

/**
 * How large an update is beside the weights that it changes: |w' - w| / |w|. About 1e-3 is usual.
 *
 * @param change the sum of squares of w' - w
 * @param weights that of w
 */
public record UpdateRatio(double change, double weights) {
  /** Of the floats [from, to) of two arrays. */
  public static UpdateRatio of(float[] before, float[] after, int from, int to) {
    return of(before, from, after, from, to - from);
  }

  static UpdateRatio of(float[] before, int from, float[] after, int offset, int length) {
    double change = 0;
    double weights = 0;
    for (int i = 0; i < length; i++) {
      double weight = before[from + i];
      double moved = after[offset + i] - weight;
      change += moved * moved;
      weights += weight * weight;
    }
    return new UpdateRatio(change, weights);
  }

  /** Of both pieces together. */
  UpdateRatio and(UpdateRatio other) {
    return new UpdateRatio(change + other.change, weights + other.weights);
  }

  /** The ratio; infinite where weights that were zero have changed. */
  public double ratio() {
    if (change == 0) {
      return 0;
    }
    return weights == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(change) / Math.sqrt(weights);
  }

  /** Of which arrays it is told: of weights that are trained; biases and norms may well be zero. */
  public static List<StateLayout.Entry> weights(Recipe recipe) {
    return recipe.network().layout().trained().stream()
        .filter(entry -> entry.parameter().role() == Parameter.Role.WEIGHT)
        .toList();
  }
}
