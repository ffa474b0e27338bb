package io.convoy.recipe;

/**
 * An average of the weights that is kept beside them. Training itself never looks at it; evaluation
 * and what comes after training use it instead of the weights.
 */
public sealed interface WeightAverage permits EmaOptions, SwaOptions {
  /**
   * What becomes of the average after an update.
   *
   * @param copies whether it is the new weights, bit for bit; {@code share} does not count then
   * @param share s in {@code average + s (w - average)}, in [0, 1]; 0 leaves it as it is
   */
  record Move(boolean copies, float share) {}

  /**
   * What becomes of it.
   *
   * @param update counts from 1
   * @param stepsPerEpoch steps of one epoch
   * @param steps of all epochs; a run that is ended sooner keeps this length
   */
  Move move(long update, long stepsPerEpoch, long steps);
}
