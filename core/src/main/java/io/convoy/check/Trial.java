package io.convoy.check;

import io.convoy.data.SampleSource;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.recipe.Recipe;
import io.convoy.train.ChunkUpdate;
import io.convoy.train.LocalTrainer;
import io.convoy.train.OwnedChunks;
import io.convoy.train.ShardFigures;
import io.convoy.train.ShardSums;
import io.convoy.train.ShardWorker;
import io.convoy.train.StepReport;
import io.convoy.train.StepWork;
import io.convoy.train.TrainingLoop;
import java.util.List;

/**
 * A short training, step by step, at rates that whoever drives it chooses; and the loss and its
 * gradient at any weights. By the trainer's own pieces, as {@link LocalTrainer}.
 */
final class Trial implements AutoCloseable {
  private final Recipe recipe;
  private final BatchPlan plan;
  private final TrainingLoop loop;
  private final ShardWorker worker;
  private StepReport last;

  /**
   * @param start the state vector at step 0; taken over
   * @param steps beyond which no image is read ahead
   */
  Trial(
      Recipe recipe, SampleSource images, float[] start, Kernels kernels, int threads, long steps) {
    recipe.requireFits(images);
    this.recipe = recipe;
    plan = BatchPlan.of(recipe, images.rowGroups());
    List<float[]> arrays = LocalTrainer.initialState(recipe, start).arrays();
    OwnedChunks all = OwnedChunks.all(recipe.network().layout());
    loop = new TrainingLoop(recipe, plan, all, 0, start, arrays.subList(1, arrays.size()), kernels);
    worker = new ShardWorker(recipe, plan, images, kernels, threads, 1, steps); // last: has threads
    try {
      worker.shards().prepare(0, 0, start);
    } catch (Throwable failure) {
      worker.close();
      throw failure;
    }
  }

  /**
   * Does a step.
   *
   * @param factor of the recipe's rate
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when the loss or a gradient's norm is
   *     no finite number
   */
  StepReport step(double factor) {
    loop.train(loop.step() + 1, factor, new Alone(), report -> last = report);
    return last;
  }

  private final class Alone implements StepWork<RuntimeException> {
    @Override
    public int ranks() {
      return 1;
    }

    @Override
    public ShardSums gradients(long step, float[] weights) {
      return worker.shards().sums(step, 0, weights);
    }

    @Override
    public void update(long step, ShardSums sums, ChunkUpdate update, float[] weights) {
      update.finishAll(sums, weights, worker.pool());
      worker.shards().release(sums);
    }
  }

  /** The weights now: not a copy. */
  float[] weights() {
    return loop.weights();
  }

  /** Samples of a step's batch. */
  int samples(long step) {
    return plan.batchSamples(step);
  }

  /** The mean loss over the batch of a step, at any weights. */
  double loss(long step, float[] at) {
    ShardSums sums = worker.shards().sums(step, 0, at);
    try {
      return StepReport.of(step, plan, 0, sums.figures(), recipe, 1).loss();
    } finally {
      worker.shards().release(sums);
    }
  }

  /**
   * The gradient of that; where the state has moving averages it means nothing. The recipe has one
   * shard.
   */
  float[] gradient(long step, float[] at) {
    ShardSums sums = worker.shards().sums(step, 0, at);
    double divisor = ShardFigures.of(recipe).divisor(1, sums.figures());
    float[] gradient = sums.vectors()[0].clone();
    worker.shards().release(sums);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (gradient[i] / divisor);
    }
    return gradient;
  }

  @Override
  public void close() {
    worker.close();
  }
}
