package io.convoy.trainer;

import io.convoy.data.examine.ExaminedSet;
import io.convoy.fault.FaultFinding;
import io.convoy.health.StepHealth;
import io.convoy.train.DataSummary;
import io.convoy.train.Evaluator;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import io.convoy.train.ValidationResult;

/** Told of what happens in a training, on the driver. */
public interface TrainingListener extends StepListener {
  /**
   * Images of a set were examined. Told by any thread, one at a time, before {@link #onExamined}.
   *
   * @param total images that were not known before, at least 1
   */
  default void onExamination(long done, long total) {}

  /** A set was examined, before anything is trained on it. */
  default void onExamined(ExaminedSet set) {}

  /**
   * Training images were read for what the recipe's standardization measures on them. Told by any
   * thread, several at a time, before {@link #onData}.
   */
  default void onMeasuring(long done, long total) {}

  /** The data were found, before the first step. */
  default void onData(DataSummary data) {}

  /**
   * Training begins.
   *
   * @param from steps done already: 0, or those of the checkpoint that is resumed
   * @param total steps at the end
   * @param stepsPerEpoch steps of an epoch
   */
  default void onStart(long from, long total, long stepsPerEpoch) {}

  /** A step is done. Steps of a lost segment are reported again. */
  @Override
  default void onStep(StepReport report) {}

  /** A step was looked at closely, by all ranks; it may come some steps later. */
  @Override
  default void onHealth(StepHealth health) {}

  /** What the training has shown so far points to a fault. Each is told once. */
  default void onFault(long step, FaultFinding finding) {}

  /** A checkpoint is asked for; it is written beside the training. */
  default void onCheckpoint(long step) {}

  /**
   * The checkpoint of a step is kept, whatever its age. Told before {@link #onCheckpoint}.
   *
   * @param number of the snapshot, from 1
   * @param all snapshots of the whole training
   */
  default void onSnapshot(long step, int number, int all) {}

  /**
   * The running statistics of batch norms are about to be measured anew, for averaged weights.
   *
   * @param samples training samples that are looked at
   */
  default void onRefresh(long step, long samples) {}

  /** A segment was lost and is run again from {@code step}. */
  default void onRestart(long step, String reason) {}

  /** The images held back were evaluated, at a checkpoint. */
  default void onValidation(ValidationResult result) {}

  /**
   * Validation ends the training before all its steps are done.
   *
   * @param step the last one
   * @param reason in words
   */
  default void onEarlyStop(long step, String reason) {}

  /** The test set was evaluated. */
  default void onEvaluation(long step, Evaluator.Result result) {}
}
