package io.convoy.schedule;

import io.convoy.json.JsonFamily;
import java.util.List;

/**
 * The learning rate of each step, a function of the step and of the whole training's length, and of
 * the validations before it where the schedule follows them. With warm-up, the rate of the first
 * {@code warmupEpochs} epochs rises linearly to that of the schedule (Goyal et al. 2017, section
 * 2.2).
 */
@JsonFamily
public sealed interface Schedule
    permits Constant,
        StepDecay,
        LinearDecay,
        Cosine,
        Cycles,
        Exponential,
        InverseTime,
        Plateau,
        OneCycle,
        Cyclic {
  /** The rate after warm-up and before any decay; above 0. */
  double rate();

  /** Epochs of linear warm-up, at least 0; fractions count. */
  double warmupEpochs();

  /** What is left of the rate. */
  double factor(ScheduleStep at);

  /** Whether the rate depends on what validation shows: then a training needs some. */
  default boolean followsValidation() {
    return false;
  }

  /**
   * Whether the rate of a step depends on how many epochs the whole training has: then a training
   * that is under way cannot be made longer.
   */
  default boolean spansTraining() {
    return false;
  }

  /**
   * The steps after which a state is a snapshot: saved, and kept beside the newest ones. In
   * ascending order, each from 1 to {@code steps}; none by default.
   *
   * @param steps of the whole training; a run that is ended sooner has but those up to its end
   */
  default List<Long> snapshots(long steps) {
    return List.of();
  }

  /**
   * What is left of the rate by what validation has shown; 1 unless {@link #followsValidation}. It
   * has no state: the same losses give the same factor.
   *
   * @param losses of all validations so far, in order
   */
  default double validatedFactor(List<Double> losses) {
    return 1;
  }

  /**
   * The rate of an update.
   *
   * @param step from 0
   * @param stepsPerEpoch steps of one epoch
   * @param epochs epochs of the whole training; a run that is ended sooner keeps this length
   * @param validated {@link #validatedFactor} of the validations before this step
   */
  default float at(long step, long stepsPerEpoch, int epochs, double validated) {
    double warmupSteps = warmupEpochs() * stepsPerEpoch;
    double warm = step < warmupSteps ? (step + 1) / (warmupSteps + 1) : 1;
    double factor = factor(new ScheduleStep(step, stepsPerEpoch, epochs));
    return (float) (rate() * warm * factor * validated);
  }
}
