package io.convoy.train;

import io.convoy.feed.BatchPlan;
import io.convoy.health.StepHealth;
import io.convoy.kernel.Kernels;
import io.convoy.recipe.Recipe;
import java.util.List;

/** A training, step by step, whoever does the work: the state that it has come to. */
public final class TrainingLoop {
  private final ChunkUpdate update;
  private final float[] weights;
  private long step;

  /**
   * Goes on from a state, whose arrays it updates.
   *
   * @param owned the chunks that are updated here
   * @param step that the state stands at
   * @param weights of all chunks
   * @param kept the optimizer's state and averaged weights of own chunks, in the order of {@link
   *     TrainingState#arrays}
   * @param kernels those that multiply matrices, where the optimizer does
   */
  public TrainingLoop(
      Recipe recipe,
      BatchPlan plan,
      OwnedChunks owned,
      long step,
      float[] weights,
      List<float[]> kept,
      Kernels kernels) {
    this.update = new ChunkUpdate(recipe, plan, owned, kept, kernels);
    this.weights = weights;
    this.step = step;
  }

  /**
   * Trains until {@code until} steps are done.
   *
   * @param validated what validation has left of the learning rate, for all of these steps
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when a loss or a gradient's norm is no
   *     finite number
   */
  public <E extends Exception> void train(
      long until, double validated, StepWork<E> work, StepListener listener) throws E {
    while (step < until) {
      long start = System.nanoTime();
      ShardSums sums = work.gradients(step, weights);
      update.begin(step, validated, sums.figures());
      work.update(step, sums, update, weights);
      step++;
      double seconds = (System.nanoTime() - start) / 1e9;
      listener.onStep(update.report(work.ranks()).withSeconds(seconds));
      if (StepHealth.isDue(step)) {
        listener.onHealth(update.health(sums.deadShares()));
      }
    }
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  /** The weights now: not a copy. */
  public float[] weights() {
    return weights;
  }
}
