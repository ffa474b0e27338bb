package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The learning rate of each step, a function of the step and of the whole training's length. With
 * warm-up, the rate of the first {@code warmupEpochs} epochs rises linearly to that of the schedule
 * (Goyal et al. 2017, section 2.2).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = StepDecay.class, name = "step"),
  @JsonSubTypes.Type(value = Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = InverseTime.class, name = "inverseTime"),
})
public sealed interface Schedule permits Constant, StepDecay, Cosine, Exponential, InverseTime {
  /** The rate after warm-up and before any decay; above 0. */
  double rate();

  /** Epochs of linear warm-up, at least 0; fractions count. */
  double warmupEpochs();

  /**
   * What is left of the rate.
   *
   * @param epoch epochs passed since the start, fractions included
   * @param epochs epochs of the whole training
   */
  double factor(double epoch, double epochs);

  /**
   * The rate of an update.
   *
   * @param step from 0
   * @param stepsPerEpoch steps of one epoch
   * @param epochs epochs of the whole training; a run that is ended sooner keeps this length
   */
  default float at(long step, long stepsPerEpoch, int epochs) {
    double warmupSteps = warmupEpochs() * stepsPerEpoch;
    double warm = step < warmupSteps ? (step + 1) / (warmupSteps + 1) : 1;
    return (float) (rate() * warm * factor((double) step / stepsPerEpoch, epochs));
  }
}
