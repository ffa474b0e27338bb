package io.convoy.search;

import io.convoy.error.ConvoyException;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;

/**
 * How a search goes.
 *
 * @param trials at least 2
 * @param minEpochs of the first rung at the least, at least 1
 * @param maxEpochs of the longest trials: the length of all trials' schedule
 * @param eta of how many trials one goes on, at least 2
 * @param folds K of k-fold validation, at least 2; 0 to hold images back
 * @param seed of the draws
 */
public record SearchOptions(
    int trials, int minEpochs, int maxEpochs, int eta, int folds, long seed) {
  /** Of the training set, what is held back where the recipe holds nothing back. */
  public static final double SHARE = 0.1;

  private static final int MOST_TRIALS = 100_000;
  private static final int MOST_FOLDS = 1000;

  public SearchOptions {
    within("--trials", trials, 2, MOST_TRIALS);
    within("--min-epochs", minEpochs, 1, Integer.MAX_VALUE);
    within("--max-epochs", maxEpochs, 1, Integer.MAX_VALUE);
    within("--eta", eta, 2, Integer.MAX_VALUE);
    if (folds != 0) {
      within("--folds", folds, 2, MOST_FOLDS);
    }
    Rungs.of(minEpochs, maxEpochs, eta);
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw ConvoyException.usage(
          "%s must be at least %d%s; got %d",
          option, least, most == Integer.MAX_VALUE ? "" : " and at most " + most, value);
    }
  }

  /** When trials are compared. */
  public Rungs rungs() {
    return Rungs.of(minEpochs, maxEpochs, eta);
  }

  /** The parts of a trial: its folds, or one. */
  public int parts() {
    return Math.max(1, folds);
  }

  /**
   * What is trained for a recipe: as long as the longest trial, whatever else would end it, with
   * images held back.
   */
  public Recipe trial(Recipe recipe) {
    CheckpointOptions given = recipe.checkpoint();
    return recipe.toBuilder()
        .epochs(maxEpochs)
        .maxSteps(0)
        .earlyStopping(null)
        .checkpoint(
            new CheckpointOptions(
                given.everySteps(),
                given.keep(),
                false,
                given.best(),
                given.retryMinutes(),
                given.tensorBoard()))
        .validation(
            recipe.validation() == null ? new ValidationOptions(SHARE, null) : recipe.validation())
        .build();
  }
}
