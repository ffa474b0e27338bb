package io.convoy.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.recipe.Preprocessing;
import io.convoy.train.TrainingState;

/**
 * All that a training needs to go on.
 *
 * @param network the network as JSON, {@code model.json}
 * @param state weights and optimizer state; its arrays must not change while it is being saved
 * @param metadata where the training stands
 * @param preprocessing what the network takes and gives, {@code preprocessing.json}; null in
 *     checkpoints of releases that did not write it
 */
public record Checkpoint(
    JsonNode network,
    TrainingState state,
    CheckpointMetadata metadata,
    Preprocessing preprocessing) {
  public Checkpoint {
    if (state.step() != metadata.step()) {
      throw new IllegalArgumentException(
          "state and metadata must be of one step; got state=%s metadata=%s"
              .formatted(state.step(), metadata.step()));
    }
  }

  /** As releases wrote it that knew no preprocessing. */
  public Checkpoint(JsonNode network, TrainingState state, CheckpointMetadata metadata) {
    this(network, state, metadata, null);
  }
}
