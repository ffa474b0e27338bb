package io.convoy.train;

import io.convoy.execution.BufferPlan;
import io.convoy.execution.Execution;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleInput;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.StateLayout;
import io.convoy.operation.PassCapacity;
import io.convoy.recipe.Recipe;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import io.convoy.tensor.Shape;
import java.util.stream.IntStream;

/**
 * The memory that training takes in one process, which computes all shards or those of one rank, in
 * bytes, by the same plans that a training takes it by. What an executor has beside it: the images,
 * the order of an epoch (up to 8 bytes an image), and the exchange's buffers.
 *
 * @param plan the buffers of a forward and backward pass
 * @param pass what the buffers are planned for: the shards that are computed together
 * @param threads kernel threads
 * @param perThread what each further thread adds to the buffers
 * @param gradients the vectors of gradients that passes write and that wait for their sum
 * @param update scratch of the threads for the optimizer's step
 * @param samples read and decoded ahead of the step, where the source does not lie in memory, and
 *     what it takes to standardise them: a mean image, a matrix and its product
 * @param weights the state vector
 * @param slots the optimizer's state, and the averaged weights where there are some
 */
public record TrainingMemory(
    BufferPlan plan,
    PassCapacity pass,
    int threads,
    long perThread,
    long gradients,
    long update,
    long samples,
    long weights,
    long slots) {

  /**
   * The memory of a recipe's training in one process that computes all shards, if the training set
   * fills at least one batch.
   *
   * @param kernels those that will compute
   * @param threads kernel threads, at least 1
   */
  public static TrainingMemory of(Recipe recipe, Kernels kernels, int threads) {
    return of(recipe, kernels, threads, 1);
  }

  /**
   * The most that one of N ranks takes, each of which computes its shards and owns its chunks.
   *
   * @param threads kernel threads of a rank, at least 1
   * @param ranks N, at least 1
   */
  public static TrainingMemory of(Recipe recipe, Kernels kernels, int threads, int ranks) {
    BatchPlan batches = BatchPlan.of(recipe, recipe.batchSize());
    PassCapacity capacity = ShardPasses.capacity(recipe.network(), batches, ranks);
    BufferPlan plan = buffers(recipe, capacity, kernels, threads);
    long next = buffers(recipe, capacity, kernels, threads + 1).bytes();
    StateLayout layout = recipe.network().layout();
    long vector = (long) layout.length() * Float.BYTES;
    int owned = mostOwned(recipe, ranks);
    int shards = (batches.usedShards(0) + ranks - 1) / ranks;
    return new TrainingMemory(
        plan,
        capacity,
        threads,
        next - plan.bytes(),
        mostVectors(batches.usedShards(0), ranks, capacity.shards()) * vector,
        ChunkUpdate.scratchBytes(recipe, owned, kernels, threads),
        loading(recipe, batches.mostSamples(shards), capacity, kernels, threads),
        vector,
        (recipe.stateArrays() - 1L) * owned * Float.BYTES);
  }

  /** Samples read ahead, decoded and standardised, of which so many are a rank's in a batch. */
  private static long loading(
      Recipe recipe, int samples, PassCapacity capacity, Kernels kernels, int threads) {
    Shape input = recipe.network().inputShape();
    return SampleFeed.mostBytes(samples, input.elements(), threads, recipe.augmentation())
        + recipe.data().decodingBytes(input.channels(), threads)
        + SampleInput.bytes(recipe.standardization(), input, capacity.samples(), kernels, threads);
  }

  /**
   * The most that one of N ranks takes for a {@link StatisticsRefresh}, beside the state vector.
   *
   * @param threads kernel threads of a rank, at least 1
   * @param ranks N, at least 1
   */
  public static long refresh(Recipe trained, Kernels kernels, int threads, int ranks) {
    Recipe recipe = trained.withoutAuxiliary();
    BatchPlan batches = BatchPlan.of(recipe, recipe.batchSize());
    PassCapacity capacity = ShardPasses.capacity(recipe.network(), batches, ranks);
    ShardTree.Node all = ShardTree.root(batches.usedShards(0));
    long vector = (long) recipe.network().layout().length() * Float.BYTES;
    return buffers(recipe, capacity, kernels, threads).bytes()
        + TreeVectors.live(all, capacity.shards()) * vector
        + loading(recipe, recipe.batchSize(), capacity, kernels, threads);
  }

  /** The most floats that one of so many owners has. */
  private static int mostOwned(Recipe recipe, int ranks) {
    return IntStream.range(0, ranks)
        .map(rank -> OwnedChunks.of(recipe, rank, ranks).length())
        .max()
        .orElseThrow();
  }

  /** The most vectors of gradients that one of so many ranks holds at a time. */
  private static long mostVectors(int shards, int ranks, int ofPass) {
    int most = 0;
    for (int rank = 0; rank < ranks; rank++) {
      int finished = 0;
      for (ShardTree.Node node : Share.of(rank, shards, ranks).nodes(shards)) {
        most = Math.max(most, finished + TreeVectors.live(node, ofPass));
        finished++;
      }
    }
    return most;
  }

  private static BufferPlan buffers(
      Recipe recipe, PassCapacity capacity, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return Execution.planTraining(recipe.network(), capacity, recipe.conv(), kernels, pool);
    }
  }

  /** Bytes of the buffers of a forward and backward pass. */
  public long buffers() {
    return plan.bytes();
  }

  /** What a step takes beside the state, at its peak. */
  public long step() {
    return buffers() + gradients + update + samples;
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
