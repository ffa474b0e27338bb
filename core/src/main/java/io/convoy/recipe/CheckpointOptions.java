package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * When the state is saved; it is also saved at the end.
 *
 * @param everySteps steps between checkpoints; 0, the default, for one an epoch
 * @param keep how many of the newest are kept, at least 1; 3 by default
 * @param keepBest whether the best one by validation is kept too, however old; false by default
 * @param best what makes a checkpoint the best; {@code loss} by default
 * @param retryMinutes how long a run's store may be away before that ends the training, at least 0;
 *     30 by default
 * @param tensorBoard whether event files for TensorBoard are written with each checkpoint; true by
 *     default
 */
public record CheckpointOptions(
    long everySteps, int keep, boolean keepBest, Best best, int retryMinutes, boolean tensorBoard) {
  private static final int RETRY_MINUTES = 30;

  public static final CheckpointOptions STANDARD = new CheckpointOptions(0, 3);

  /** What makes one validation better than another. */
  public enum Best {
    /** The smaller loss. */
    @JsonProperty("loss")
    LOSS,
    /** The larger accuracy; of equal ones, the smaller loss. */
    @JsonProperty("accuracy")
    ACCURACY
  }

  public CheckpointOptions {
    if (everySteps < 0) {
      throw ConvoyException.usage("checkpoint.everySteps must be at least 0; got %d", everySteps);
    }
    if (keep < 1) {
      throw ConvoyException.usage("checkpoint.keep must be at least 1; got %d", keep);
    }
    if (retryMinutes < 0) {
      throw ConvoyException.usage(
          "checkpoint.retryMinutes must be at least 0; got %d", retryMinutes);
    }
  }

  /** The newest alone are kept. */
  public CheckpointOptions(long everySteps, int keep) {
    this(everySteps, keep, false, Best.LOSS, RETRY_MINUTES, true);
  }

  @JsonCreator
  static CheckpointOptions of(
      @JsonProperty("everySteps") Long everySteps,
      @JsonProperty("keep") Integer keep,
      @JsonProperty("keepBest") boolean keepBest,
      @JsonProperty("best") Best best,
      @JsonProperty("retryMinutes") Integer retryMinutes,
      @JsonProperty("tensorBoard") Boolean tensorBoard) {
    return new CheckpointOptions(
        everySteps == null ? STANDARD.everySteps : everySteps,
        keep == null ? STANDARD.keep : keep,
        keepBest,
        best == null ? Best.LOSS : best,
        retryMinutes == null ? RETRY_MINUTES : retryMinutes,
        tensorBoard == null || tensorBoard);
  }

  /** Steps from one checkpoint to the next. */
  public long interval(long stepsPerEpoch) {
    return everySteps == 0 ? stepsPerEpoch : everySteps;
  }
}
