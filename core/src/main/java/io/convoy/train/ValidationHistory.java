package io.convoy.train;

import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.EarlyStoppingOptions;
import io.convoy.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The validations of a training so far. It is saved with each checkpoint, and all that validations
 * decide is a function of it alone: so a resumed training decides as one that was never stopped.
 *
 * @param results in the order of their steps
 */
public record ValidationHistory(List<ValidationResult> results) {
  /** Of a training that begins. */
  public static final ValidationHistory EMPTY = new ValidationHistory(List.of());

  public ValidationHistory {
    results = List.copyOf(results);
  }

  /** This and one more. */
  public ValidationHistory plus(ValidationResult next) {
    List<ValidationResult> all = new ArrayList<>(results);
    all.add(next);
    return new ValidationHistory(all);
  }

  /** The step of the last one; 0 where there is none. */
  public long lastStep() {
    return results.isEmpty() ? 0 : results.get(results.size() - 1).step();
  }

  /** The best one, of equal ones the first; empty where none has a finite loss. */
  public Optional<ValidationResult> best(CheckpointOptions.Best by) {
    ValidationResult best = null;
    for (ValidationResult result : results) {
      if (Double.isFinite(result.loss()) && (best == null || isBetter(by, result, best))) {
        best = result;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isBetter(
      CheckpointOptions.Best by, ValidationResult one, ValidationResult other) {
    return switch (by) {
      case LOSS -> one.loss() < other.loss();
      case ACCURACY ->
          one.accuracy() > other.accuracy()
              || (one.accuracy() == other.accuracy() && one.loss() < other.loss());
    };
  }

  /**
   * How many validations, up to the last one, have not made the loss smaller than it was at the
   * last one that had, by more than {@code minDelta}. The first always counts as a gain, a loss
   * that is no finite number never.
   */
  public int withoutGain(double minDelta) {
    double reference = Double.POSITIVE_INFINITY;
    int without = 0;
    for (ValidationResult result : results) {
      if (result.loss() < reference - minDelta) {
        reference = result.loss();
        without = 0;
      } else {
        without++;
      }
    }
    return without;
  }

  /** What is left of a schedule's learning rate. */
  public double factor(Schedule schedule) {
    return schedule.validatedFactor(results.stream().map(ValidationResult::loss).toList());
  }

  /** Whether a training with these options ends here; never where they are null. */
  public boolean stops(EarlyStoppingOptions options) {
    return options != null && withoutGain(options.minDelta()) >= options.patience();
  }
}
