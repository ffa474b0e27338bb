package io.convoy.fault;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.SampleLoader;
import io.convoy.execution.Execution;
import io.convoy.feed.Batch;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleInput;
import io.convoy.feed.ShardOrder;
import io.convoy.health.DeadUnits;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.recipe.Recipe;
import java.util.Map;

/**
 * Measures the {@link DeadUnits} of a network in the first batch of a training.
 *
 * @param recipe without augmentation, its standardization measured; its batch is looked at, or as
 *     much of it as memory allows
 * @param threads at least 1
 */
public record DeadShares(Recipe recipe, SampleSource images, Kernels kernels, int threads) {
  /** Bytes of activations up to which the samples of a batch are looked at together. */
  private static final long LIMIT = 1L << 30;

  /**
   * Goes forward as in training.
   *
   * @param weights of the network's layout
   * @return the shares, by the rectifiers' names, in the network's order
   */
  public Map<String, Double> of(float[] weights) {
    Network network = recipe.network();
    DeadUnits dead = new DeadUnits(network);
    if (dead.rectifiers().isEmpty()) {
      return Map.of();
    }
    BatchPlan plan = BatchPlan.of(recipe, images.rowGroups());
    int samples = plan.batchSamples(0);
    while (samples > 2 && Execution.activationBytes(network, samples) > LIMIT) {
      samples /= 2;
    }
    try (WorkPool pool = new WorkPool(threads)) {
      Subnormals.require(kernels, pool);
      PassCapacity capacity = PassCapacity.of(samples);
      Execution execution = Execution.training(network, capacity, recipe.conv(), kernels, pool);
      execution.load(weights);
      execution.forward(pass(plan, execution, samples, pool), dead.over(samples));
      return dead.shares();
    }
  }

  /** Loads the first samples of the first batch. */
  private Pass pass(BatchPlan plan, Execution execution, int samples, WorkPool pool) {
    SampleLoader loader =
        new SampleLoader(
            images,
            recipe.network().inputShape(),
            recipe.data().resizing(),
            recipe.standardization(),
            recipe.augmentation(),
            recipe.seed());
    SampleInput input = new SampleInput(execution.input(), recipe.standardization(), kernels, pool);
    try (SampleFeed feed = SampleFeed.of(loader, new ShardOrder(plan, 1, 1), pool.threads())) {
      Batch batch = feed.begin(0, 0);
      pool.run(samples, (slot, thread) -> feed.load(slot, input.samples(), slot, thread));
      input.finish(samples);
      return new Pass(samples).training(samples, recipe.seed(), 0, batch.rows(), 0);
    }
  }
}
