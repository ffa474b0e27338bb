package io.convoy.search;

import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import io.convoy.train.ValidationResult;

/**
 * Where a trial stands.
 *
 * @param state weights and all else that the next step needs
 * @param validations that count: those which a training of the whole length has, too
 * @param last the validation of this state; null where there was none yet
 */
public record TrialState(
    TrainingState state, ValidationHistory validations, ValidationResult last) {
  /** A trial that begins. */
  public static TrialState start(TrainingState state) {
    return new TrialState(state, ValidationHistory.EMPTY, null);
  }
}
