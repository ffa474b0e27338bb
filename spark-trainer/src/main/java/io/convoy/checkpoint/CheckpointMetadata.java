package io.convoy.checkpoint;

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
 */
public record CheckpointMetadata(
    long step,
    long epoch,
    long stepInEpoch,
    List<String> slots,
    long seed,
    int numericsVersion,
    String codeVersion) {
  public CheckpointMetadata {
    slots = slots == null ? List.of() : List.copyOf(slots);
    if (step < 0 || epoch < 0 || stepInEpoch < 0) {
      throw new IllegalArgumentException(
          "step, epoch and stepInEpoch must be at least 0; got step=%d epoch=%d stepInEpoch=%d"
              .formatted(step, epoch, stepInEpoch));
    }
  }
}
