package io.convoy.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.train.ValidationResult;
import java.util.List;

/**
 * Where a training stands, {@code state.json}. Fields that a later version adds are ignored on
 * reading; whether the versions allow a resume is for the caller to judge.
 *
 * @param step steps done, at least 0
 * @param epoch the epoch of the next step, from 0
 * @param stepInEpoch steps done in that epoch: the next step is its batch of this number, from 0
 * @param slots the names of the optimizer's state arrays, in order
 * @param seed the run's seed
 * @param numericsVersion the version of what decides bits
 * @param codeVersion Convoy's version
 * @param validations of this checkpoint and those before it; empty where the recipe has no {@code
 *     validation}
 * @param bestStep the step of the best checkpoint so far, which stays whatever its age; null where
 *     the recipe does not keep it
 * @param snapshots the steps of those up to this one that the schedule has kept, whatever their
 *     age; empty for most schedules
 */
public record CheckpointMetadata(
    long step,
    long epoch,
    long stepInEpoch,
    List<String> slots,
    long seed,
    int numericsVersion,
    String codeVersion,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ValidationResult> validations,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long bestStep,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> snapshots) {
  public CheckpointMetadata {
    slots = slots == null ? List.of() : List.copyOf(slots);
    validations = validations == null ? List.of() : List.copyOf(validations);
    snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    if (step < 0 || epoch < 0 || stepInEpoch < 0) {
      throw new IllegalArgumentException(
          "step, epoch and stepInEpoch must be at least 0; got step=%s epoch=%s stepInEpoch=%s"
              .formatted(step, epoch, stepInEpoch));
    }
  }

  /** Of a training without validation. */
  public CheckpointMetadata(
      long step,
      long epoch,
      long stepInEpoch,
      List<String> slots,
      long seed,
      int numericsVersion,
      String codeVersion) {
    this(
        step,
        epoch,
        stepInEpoch,
        slots,
        seed,
        numericsVersion,
        codeVersion,
        List.of(),
        null,
        List.of());
  }

  /** Whether the checkpoint of an earlier step stays, however many newer ones there are. */
  boolean keeps(long earlier) {
    return snapshots.contains(earlier) || (bestStep != null && bestStep == earlier);
  }
}
