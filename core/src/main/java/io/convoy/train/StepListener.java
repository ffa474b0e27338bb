package io.convoy.train;

/** Told of every step, on the training thread, in order. */
@FunctionalInterface
public interface StepListener {
  void onStep(StepReport report);
}
