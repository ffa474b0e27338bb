package io.convoy.ensemble;

/**
 * A saved checkpoint of a run, and what validation has shown of it.
 *
 * @param step of the checkpoint
 * @param score on the run's held-back images; null where it was not validated
 * @param endsCycle whether a cycle of the run's learning rate ends with this step
 */
public record RatedCheckpoint(long step, ValidationScore score, boolean endsCycle) {
  /** Whether it can be compared: it was validated, and its loss is a finite number. */
  public boolean isRated() {
    return score != null && Double.isFinite(score.loss());
  }
}
