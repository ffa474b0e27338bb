package io.convoy.train;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.network.StateLayout;
import io.convoy.pretrained.Starts;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training on one machine, without Spark: the truth that the distributed trainer is tested against.
 *
 * <pre>{@code
 * try (LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), threads)) {
 *   trainer.train(trainer.totalSteps(), report -> {});
 *   trainer.state().weightsSha256();
 * }
 * }</pre>
 */
public final class LocalTrainer implements AutoCloseable {
  private final Recipe recipe;
  private final SampleSource training;
  private final Kernels kernels;
  private final int threads;
  private final BatchPlan plan;
  private final List<float[]> arrays;
  private final TrainingLoop loop;
  private final ShardWorker worker;

  /**
   * Starts a training from the beginning; weights that the recipe names are a file here.
   *
   * @param source the training set, of which the recipe's {@code validation} holds some back; not
   *     closed here
   * @throws io.convoy.error.ConvoyException when the network does not fit the images
   */
  public LocalTrainer(Recipe recipe, SampleSource source, Kernels kernels, int threads) {
    this(recipe, source, kernels, threads, initialState(recipe));
  }

  /** Goes on from a state, which it takes over. */
  public LocalTrainer(
      Recipe recipe, SampleSource source, Kernels kernels, int threads, TrainingState from) {
    this(recipe, TrainingSplit.of(recipe, source), kernels, threads, from);
  }

  /**
   * Likewise, where the set is divided otherwise than the recipe would.
   *
   * @param split its first part is trained on; not closed here
   */
  public LocalTrainer(
      Recipe recipe, TrainingSplit split, Kernels kernels, int threads, TrainingState from) {
    this.recipe = recipe;
    this.kernels = kernels;
    this.threads = threads;
    this.training = split.training();
    recipe.requireFits(training);
    this.plan = BatchPlan.of(recipe, training.rowGroups());
    this.arrays = from.arrays();
    OwnedChunks all = OwnedChunks.all(recipe.network().layout());
    List<float[]> kept = arrays.subList(1, arrays.size());
    this.loop = new TrainingLoop(recipe, plan, all, from.step(), from.weights(), kept, kernels);
    this.worker = // last: has threads
        new ShardWorker(recipe, plan, training, kernels, threads, 1, plan.steps(recipe));
  }

  /** The state at step 0, where weights that the recipe names are a file on this machine. */
  public static TrainingState initialState(Recipe recipe) {
    return initialState(recipe, Starts.of(recipe, new LocalFiles()).weights());
  }

  /**
   * The state at step 0: slots as the optimizer wants them, averaged weights that are still the
   * weights.
   *
   * @param weights initialised, or loaded
   */
  public static TrainingState initialState(Recipe recipe, float[] weights) {
    StateLayout layout = recipe.network().layout();
    List<float[]> slots = new ArrayList<>();
    for (String name : recipe.optimizer().slots()) {
      float[] slot = new float[layout.length()];
      for (StateLayout.Entry entry : layout.trained()) {
        int end = entry.offset() + entry.length();
        Arrays.fill(slot, entry.offset(), end, recipe.optimizer().initialValue(name));
      }
      slots.add(slot);
    }
    List<float[]> arrays = new ArrayList<>(List.of(weights));
    arrays.addAll(slots);
    if (recipe.average() != null) {
      arrays.add(weights.clone());
    }
    return TrainingState.of(recipe, 0, arrays);
  }

  /** The steps of the whole training: all epochs, or {@code maxSteps} where that is less. */
  public long totalSteps() {
    return plan.steps(recipe);
  }

  /**
   * Trains until {@code until} steps are done.
   *
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when a loss or a gradient's norm is no
   *     finite number
   */
  public void train(long until, StepListener listener) {
    train(until, ValidationHistory.EMPTY, listener);
  }

  /**
   * The same, where the schedule follows validation.
   *
   * @param validations up to here: none may be due before {@code until}
   */
  public void train(long until, ValidationHistory validations, StepListener listener) {
    double validated = validations.factor(recipe.schedule());
    worker.shards().prepare(loop.step(), 0, loop.weights());
    loop.train(until, validated, new Alone(), listener);
  }

  /** All shards and all chunks are here. */
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

  /** The state now: a copy. */
  public TrainingState state() {
    return TrainingState.of(recipe, loop.step(), arrays).copy();
  }

  /**
   * The state as a run saves it at the end, and where it is validated: averaged weights of {@code
   * swa} have running statistics of their own, measured now. A copy.
   */
  public TrainingState finishedState() {
    TrainingState now = state();
    return StatisticsRefresh.isDue(recipe, plan, now.step())
        ? now.withSwa(
            new StatisticsRefresh(recipe, training).refreshed(now.swa(), kernels, threads))
        : now;
  }

  @Override
  public void close() {
    worker.close();
  }
}
