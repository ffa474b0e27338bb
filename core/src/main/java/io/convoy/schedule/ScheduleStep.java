package io.convoy.schedule;

/**
 * A step, and the training that it is a part of.
 *
 * @param step from 0
 * @param stepsPerEpoch steps of one epoch, at least 1
 * @param epochs epochs of the whole training; a run that is ended sooner keeps this length
 */
public record ScheduleStep(long step, long stepsPerEpoch, int epochs) {
  /** Epochs passed since the start, fractions included. */
  double epoch() {
    return (double) step / stepsPerEpoch;
  }

  /** Steps of the whole training. */
  long steps() {
    return stepsPerEpoch * epochs;
  }
}
