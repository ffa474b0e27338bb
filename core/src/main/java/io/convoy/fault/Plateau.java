package io.convoy.fault;

import java.util.Optional;

/**
 * Where a training stands that has learnt next to nothing, when it had the time to: its warm-up is
 * over, and it has seen its images once or done many steps.
 */
final class Plateau {
  private static final int LEAST_STEPS = 200;
  private static final int ENOUGH_STEPS = 1000;

  /** Student's t from which a fall is no chance. */
  private static final double FALLS = -5;

  private Plateau() {}

  private static boolean hadTime(Evidence evidence) {
    TrainingCurve curve = evidence.curve();
    return curve.steps() >= LEAST_STEPS
        && curve.pastWarmUp()
        && (curve.epochs() >= 1 || curve.steps() >= ENOUGH_STEPS || evidence.end() != null);
  }

  /**
   * What to say of a training that has not had the time, and whose loss has not fallen.
   *
   * @param share of what knows nothing, that is left of the loss where it has fallen
   */
  static Optional<String> tooEarly(Evidence evidence, double share) {
    TrainingCurve.Mean lowest = evidence.curve().lowest();
    boolean fell = lowest != null && lowest.loss() < share * evidence.chance().loss();
    return fell || hadTime(evidence)
        ? Optional.empty()
        : Optional.of(
            "too early: it takes %s steps, half of them after the rate's last rise, and an epoch, %s"
                    .formatted(LEAST_STEPS, ENOUGH_STEPS)
                + " steps or the end");
  }

  /** Whether it had the time, and its loss was never below a share of what knows nothing. */
  static boolean isAbove(Evidence evidence, double share) {
    double least = share * evidence.chance().loss();
    return hadTime(evidence)
        && evidence.curve().recent() >= least
        && evidence.curve().lowest().loss() >= least;
  }

  /** Whether the loss falls over the second half of the steps. */
  static boolean falls(Evidence evidence) {
    return evidence.curve().slope() <= FALLS;
  }
}
