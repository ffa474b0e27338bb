package io.convoy.train;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.BufferPlan;
import io.convoy.network.Execution;
import io.convoy.network.StateLayout;

/**
 * The memory that training takes in one process that computes all shards, in bytes, by the same
 * plans that a training takes it by. What an executor has beside it: the images, the order of an
 * epoch (4 bytes an image), and the exchange's buffers.
 *
 * @param plan the buffers of a shard's forward and backward pass
 * @param shardSamples samples of the largest shard: what the buffers are planned for
 * @param threads kernel threads
 * @param perThread what each further thread adds to the buffers
 * @param gradients the vectors of gradients that wait for their sum
 * @param update scratch of the optimizer's step and of the threads that load samples
 * @param weights the state vector
 * @param slots the optimizer's state, and the averaged weights where there are some
 */
public record TrainingMemory(
    BufferPlan plan,
    int shardSamples,
    int threads,
    long perThread,
    long gradients,
    long update,
    long weights,
    long slots) {

  /**
   * The memory of a recipe's training, if the training set fills at least one batch.
   *
   * @param kernels those that will compute
   * @param threads kernel threads, at least 1
   */
  public static TrainingMemory of(Recipe recipe, Kernels kernels, int threads) {
    BatchPlan batches = BatchPlan.of(recipe, recipe.batchSize());
    int samples = batches.largestShard();
    BufferPlan plan = buffers(recipe, samples, kernels, threads);
    long next = buffers(recipe, samples, kernels, threads + 1).bytes();
    StateLayout layout = recipe.network().layout();
    long vector = (long) layout.length() * Float.BYTES;
    int live = ShardStep.liveVectors(ShardTree.root(batches.usedShards(0)));
    long loading = (long) threads * recipe.network().inputShape().elements();
    return new TrainingMemory(
        plan,
        samples,
        threads,
        next - plan.bytes(),
        live * vector,
        ChunkUpdate.scratchBytes(recipe) + loading,
        vector,
        (recipe.stateArrays() - 1) * vector);
  }

  private static BufferPlan buffers(Recipe recipe, int samples, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return Execution.planTraining(recipe.network(), samples, kernels, pool);
    }
  }

  /** Bytes of the buffers of a shard's forward and backward pass. */
  public long buffers() {
    return plan.bytes();
  }

  /** What a step takes beside the state, at its peak. */
  public long step() {
    return buffers() + gradients + update;
  }

  /** Weights and the optimizer's state: what stays from step to step. */
  public long state() {
    return weights + slots;
  }

  /** All of it. */
  public long total() {
    return step() + state();
  }
}
