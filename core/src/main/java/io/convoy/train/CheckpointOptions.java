package io.convoy.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * When the state is saved; it is also saved at the end.
 *
 * @param everySteps steps between checkpoints; 0, the default, for one an epoch
 * @param keep how many of the newest are kept, at least 1; 3 by default
 */
public record CheckpointOptions(long everySteps, int keep) {
  public static final CheckpointOptions STANDARD = new CheckpointOptions(0, 3);

  public CheckpointOptions {
    if (everySteps < 0) {
      throw ConvoyException.usage("checkpoint.everySteps must be at least 0; got %d", everySteps);
    }
    if (keep < 1) {
      throw ConvoyException.usage("checkpoint.keep must be at least 1; got %d", keep);
    }
  }

  @JsonCreator
  static CheckpointOptions of(
      @JsonProperty("everySteps") Long everySteps, @JsonProperty("keep") Integer keep) {
    return new CheckpointOptions(
        everySteps == null ? STANDARD.everySteps : everySteps, keep == null ? STANDARD.keep : keep);
  }
}
