package io.convoy.ensemble;

import java.util.Comparator;

/**
 * How good something is on held-back images.
 *
 * @param accuracy the share of them whose likeliest class is the true one, in [0, 1]
 * @param loss the mean negative log likelihood of their true classes, in nats; not finite for a
 *     network that has diverged
 */
public record ValidationScore(double accuracy, double loss) {
  /** What makes one score better than another. */
  public enum Goal {
    /** The smaller loss. */
    LOSS,
    /** The larger accuracy; of equal ones, the smaller loss. */
    ACCURACY
  }

  /** The better before the worse: a stable sort leaves equal ones in the order they had. */
  public static Comparator<ValidationScore> betterFirst(Goal goal) {
    return (one, other) -> one.beats(other, goal) ? -1 : other.beats(one, goal) ? 1 : 0;
  }

  /** Whether it is better, not only as good. A loss that is no finite number is never better. */
  public boolean beats(ValidationScore other, Goal goal) {
    if (!Double.isFinite(loss)) {
      return false;
    }
    if (!Double.isFinite(other.loss)) {
      return true;
    }
    return switch (goal) {
      case LOSS -> loss < other.loss;
      case ACCURACY ->
          accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
    };
  }
}
