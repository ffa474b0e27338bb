package io.convoy.trainer;

import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.train.CheckpointSteps;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import io.convoy.train.ValidationResult;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The validations of a training under way and what follows from them.
 *
 * <p>Those at the recipe's regular checkpoints, at its schedule's snapshots and at the end of all
 * epochs count. That of a checkpoint which is there only because {@code maxSteps} ended the run is
 * told, but does not count: going on from there, a training would else decide otherwise than one
 * that never stopped.
 */
final class Validations {
  private final Recipe recipe;
  private final Function<TrainingState, Evaluator.Result> evaluation;
  private final Progress progress;
  private final CheckpointSteps steps;
  private ValidationHistory history;

  /**
   * Goes on from a session's history.
   *
   * @param evaluation of a state on the images held back; not asked where the recipe holds back
   *     none
   */
  Validations(
      RunSession session,
      CheckpointSteps steps,
      Progress progress,
      Function<TrainingState, Evaluator.Result> evaluation) {
    this.recipe = session.recipe();
    this.evaluation = evaluation;
    this.progress = progress;
    this.history = session.history();
    this.steps = steps;
  }

  /** What goes into the next checkpoint. */
  ValidationHistory history() {
    return history;
  }

  /** Validates a state that is about to be saved, where the recipe has {@code validation}. */
  void validate(TrainingState state) {
    if (recipe.validation() == null) {
      return;
    }
    long start = System.nanoTime();
    ValidationResult result = ValidationResult.of(state.step(), evaluation.apply(state));
    progress.validation(result, System.nanoTime() - start);
    if (steps.isPlanned(state.step())) {
      history = history.plus(result);
    }
  }

  /** The best of those that count. */
  Optional<ValidationResult> best() {
    return history.best(recipe.checkpoint().best());
  }

  /** What they have left of the learning rate, up to the next one. */
  double rateFactor() {
    return history.factor(recipe.schedule());
  }

  /** Whether the recipe has the training end here. */
  boolean ends() {
    return history.stops(recipe.earlyStopping());
  }

  /** Whether that was before its last step. */
  boolean stoppedEarly() {
    return ends() && history.lastStep() < steps.total();
  }

  /** Why it ends here, in words. */
  String reason() {
    double minDelta = recipe.earlyStopping().minDelta();
    return String.format(
        Locale.ROOT,
        "the validation loss has not fallen by more than %s in %d validations in a row; the least"
            + " was %s",
        minDelta,
        history.withoutGain(minDelta),
        history.best(CheckpointOptions.Best.LOSS).map(Validations::words).orElse("no number"));
  }

  private static String words(ValidationResult result) {
    return String.format(Locale.ROOT, "%.4f at step %d", result.loss(), result.step());
  }
}
