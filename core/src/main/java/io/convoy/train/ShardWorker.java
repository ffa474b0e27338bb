package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleOrder;
import io.convoy.feed.ShardOrder;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.recipe.Recipe;

/**
 * What one process computes gradients with: the feed of its samples, the buffers of its passes, and
 * kernel threads of its own. Threads end with it.
 */
public final class ShardWorker implements AutoCloseable {
  private final WorkPool pool;
  private final SampleFeed feed;
  private final ShardStep shards;

  /**
   * Takes the memory and starts the threads; of what it throws none is left over.
   *
   * @param training the samples to train on, without what is held back for validation; not closed
   *     here
   * @param threads that compute, at least 1
   * @param ranks among how many the shards are shared out, at least 1
   * @param steps that are done here, for one rank: beyond them no sample is read ahead
   */
  public ShardWorker(
      Recipe recipe,
      BatchPlan plan,
      SampleSource training,
      Kernels kernels,
      int threads,
      int ranks,
      long steps) {
    this(recipe, plan, training, kernels, threads, ranks, new ShardOrder(plan, ranks, steps));
  }

  /**
   * One that loads all samples of a batch, but computes no more of them in one pass than one of so
   * many ranks would: for what shares out batches, not their shards.
   *
   * @param batches that are done here: beyond them no sample is read ahead
   */
  static ShardWorker ofWholeBatches(
      Recipe recipe,
      BatchPlan plan,
      SampleSource training,
      Kernels kernels,
      int threads,
      int ranks,
      long batches) {
    SampleOrder whole = new ShardOrder(plan, 1, batches);
    return new ShardWorker(recipe, plan, training, kernels, threads, ranks, whole);
  }

  private ShardWorker(
      Recipe recipe,
      BatchPlan plan,
      SampleSource training,
      Kernels kernels,
      int threads,
      int ranks,
      SampleOrder order) {
    Standardization standardization =
        recipe
            .standardization()
            .measured(TrainingPixels.of(training, recipe.data().evaluation(), threads));
    SampleLoader loader =
        new SampleLoader(
            training,
            recipe.network().inputShape(),
            recipe.data().resizing(),
            standardization,
            recipe.augmentation(),
            recipe.seed());
    pool = new WorkPool(threads);
    feed = pool.closedOnFailure(() -> SampleFeed.of(loader, order, threads));
    try {
      shards = new ShardStep(recipe, plan, feed, kernels, pool, ranks);
    } catch (Throwable failure) {
      close();
      throw failure;
    }
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
    feed.close();
    pool.close();
  }
}
