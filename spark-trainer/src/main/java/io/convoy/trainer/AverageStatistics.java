package io.convoy.trainer;

import io.convoy.train.TrainingState;

/**
 * When averaged weights of a training get running statistics of their own: where they are
 * validated, and at the end.
 *
 * @param refresh that measures them
 * @param validated whether the recipe validates checkpoints
 * @param freed makes room on the executors once no more step comes
 */
record AverageStatistics(Refresh refresh, boolean validated, Progress progress, Runnable freed) {
  /**
   * A state that is about to be validated.
   *
   * @param last whether no more step comes
   */
  TrainingState beforeValidation(TrainingState state, boolean last) {
    return validated || last ? refreshed(state, last) : state;
  }

  private TrainingState refreshed(TrainingState state, boolean last) {
    if (!refresh.isDue(state)) {
      return state;
    }
    if (last) {
      freed.run();
    }
    progress.refresh(state.step(), refresh.samples());
    long start = System.nanoTime();
    TrainingState measured = refresh.of(state);
    progress.refreshed(System.nanoTime() - start);
    return measured;
  }
}
