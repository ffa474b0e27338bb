package io.convoy.train;

import io.convoy.feed.BatchPlan;
import io.convoy.recipe.Recipe;
import java.util.List;

/**
 * The steps after which a training is saved: at a regular interval, where its schedule has a
 * snapshot, and at the end.
 *
 * @param interval steps between regular checkpoints, at least 1
 * @param snapshots steps whose checkpoints are kept whatever their age, ascending
 * @param allSteps the steps of all epochs
 * @param total the steps of this run: fewer where {@code maxSteps} ends it
 */
public record CheckpointSteps(long interval, List<Long> snapshots, long allSteps, long total) {
  /** Those of a recipe's training. */
  public static CheckpointSteps of(Recipe recipe, BatchPlan plan) {
    long all = plan.allSteps(recipe);
    return new CheckpointSteps(
        recipe.checkpoint().interval(plan.stepsPerEpoch()),
        recipe.schedule().snapshots(all),
        all,
        plan.steps(recipe));
  }

  /** The first one after a step that is not the last. */
  public long next(long step) {
    long regular = (step / interval + 1) * interval;
    long snapshot = snapshots.stream().filter(s -> s > step).findFirst().orElse(Long.MAX_VALUE);
    return Math.min(total, Math.min(regular, snapshot));
  }

  /**
   * Whether the checkpoint of a step is there in any run of the recipe, not only because {@code
   * maxSteps} ends this one.
   */
  public boolean isPlanned(long step) {
    return step % interval == 0 || step == allSteps || isSnapshot(step);
  }

  /** Whether the schedule has a snapshot after a step. */
  public boolean isSnapshot(long step) {
    return snapshots.contains(step);
  }

  /** The snapshots up to a step. */
  public List<Long> snapshotsUpTo(long step) {
    return snapshots.stream().filter(s -> s <= step).toList();
  }
}
