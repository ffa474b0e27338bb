package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.recipe.Recipe;

/**
 * What one process computes gradients with: the loader of its samples, the buffers of its passes,
 * and kernel threads of its own, which end with it.
 */
public final class ShardWorker implements AutoCloseable {
  private final WorkPool pool;
  private final ShardStep shards;

  /**
   * Takes the memory and starts the threads; of what it throws none is left over.
   *
   * @param training the samples to train on, without what is held back for validation; not closed
   *     here
   * @param threads that compute, at least 1
   * @param ranks among how many the shards are shared out, at least 1
   */
  public ShardWorker(
      Recipe recipe,
      BatchPlan plan,
      SampleSource training,
      Kernels kernels,
      int threads,
      int ranks) {
    Standardization standardization =
        recipe.standardization() == null ? Standardization.of(training) : recipe.standardization();
    SampleLoader loader =
        new SampleLoader(training, standardization, recipe.augmentation(), recipe.seed());
    pool = new WorkPool(threads);
    shards = pool.closedOnFailure(() -> new ShardStep(recipe, plan, loader, kernels, pool, ranks));
  }

  /** The gradients of shards. */
  public ShardStep shards() {
    return shards;
  }

  /** The threads, for what else is to be computed between passes. */
  public WorkPool pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
