package io.convoy.train;

import io.convoy.health.StepHealth;

/** Told of every step, on the training thread, in order. */
@FunctionalInterface
public interface StepListener {
  void onStep(StepReport report);

  /**
   * A step was looked at closely; told behind {@link #onStep}. Among peers each rank tells its part
   * to its own listener.
   */
  default void onHealth(StepHealth health) {}
}
