package io.convoy.train;

import io.convoy.feed.BatchPlan;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.optimizer.Optimizer;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.WeightAverage;
import io.convoy.shard.Moments;
import java.util.List;

/**
 * What an update does with one chunk after the other, on one thread: finishes the tree, divides by
 * the weight of the batch, applies the optimizer (or moves the averages of a batch norm), moves the
 * averaged weights where the recipe wants some. Chunks are independent: who does which is no
 * matter.
 */
final class ChunkArithmetic {
  private static final int WARM_UP_CALLS = 1_000;
  private static final int WARM_UP_LENGTH = 64;

  /**
   * What all chunks of a step have in common.
   *
   * @param step from 0
   * @param rate the learning rate
   * @param move what becomes of the averaged weights; null where there are none
   */
  record Step(long step, float rate, WeightAverage.Move move) {}

  private final List<Chunk> chunks;
  private final BatchPlan plan;
  private final ChunkTuning tuning;
  private final Optimizer optimizer;
  private final OwnedChunks owned;
  private final float[][] slots;
  private final float[] average;
  private final GradientClip clip;
  private final int longest;
  private final ChunkSum sums;
  private final float[] weights;
  private final float[] averages;
  private final float[][] slotSlices;
  private final float[] gradient;

  /**
   * @param slots of own chunks; updated in place
   * @param average averaged weights of own chunks; updated in place; null for none
   */
  ChunkArithmetic(
      Recipe recipe,
      BatchPlan plan,
      ChunkTuning tuning,
      OwnedChunks owned,
      float[][] slots,
      float[] average,
      GradientClip clip) {
    StateLayout layout = recipe.network().layout();
    this.chunks = layout.chunks();
    this.plan = plan;
    this.tuning = tuning;
    this.optimizer = recipe.optimizer();
    this.owned = owned;
    this.slots = slots;
    this.average = average;
    this.clip = clip;
    longest = longestChunk(layout);
    sums = new ChunkSum(plan, chunks, recipe.shards());
    weights = new float[longest];
    averages = new float[average == null ? 0 : longest];
    slotSlices = new float[slots.length][longest];
    gradient = new float[clip.byNorm() ? longest : 0];
  }

  private static int longestChunk(StateLayout layout) {
    return layout.chunks().stream().mapToInt(Chunk::length).max().orElse(0);
  }

  /** Bytes of one thread's arrays. */
  static long scratchBytes(Recipe recipe) {
    boolean byNorm = new GradientClip(recipe.clip()).byNorm();
    long arrays = ChunkSum.levels(recipe.shards()) + (long) recipe.stateArrays() + (byNorm ? 1 : 0);
    return arrays * longestChunk(recipe.network().layout()) * Float.BYTES;
  }

  /** Has the optimizer's loop compiled before the first step, on numbers that nobody reads. */
  void warmUp() {
    int length = Math.min(longest, WARM_UP_LENGTH);
    float[] zeros = new float[length];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      optimizer.update(1, 0f, 0f, weights, zeros, slotSlices, length);
    }
  }

  /**
   * Finishes a chunk where one phase is enough.
   *
   * @param divisor of the sums: the weight of the batch
   */
  void finish(Step step, float divisor, ChunkSums of, float[] state) {
    if (tuning.isFrozen(of.chunk(), step.step())) {
      return;
    }
    update(step, of.chunk(), mean(step, divisor, of), state);
  }

  /**
   * Leaves a chunk's mean gradient in {@code meanGradients}.
   *
   * @param divisor of the sums: the weight of the batch
   * @param meanGradients of own chunks
   * @return the sum of its squares, 0 for moments and for what is frozen
   */
  double measure(Step step, float divisor, ChunkSums of, float[] meanGradients) {
    if (tuning.isFrozen(of.chunk(), step.step())) {
      return 0;
    }
    Chunk chunk = chunks.get(of.chunk());
    float[] mean = mean(step, divisor, of);
    System.arraycopy(mean, 0, meanGradients, owned.start(of.chunk()), chunk.length());
    return switch (chunk.kind()) {
      case GRADIENT -> GradientClip.squares(mean, chunk.length());
      case MOMENTS -> 0;
    };
  }

  /** Makes new values of what {@link #measure} has left, within the limit to the norm. */
  void apply(Step step, int index, float[] meanGradients, float[] state) {
    if (tuning.isFrozen(index, step.step())) {
      return;
    }
    Chunk chunk = chunks.get(index);
    System.arraycopy(meanGradients, owned.start(index), gradient, 0, chunk.length());
    if (chunk.kind() == StateLayout.Kind.GRADIENT) {
      clip.limitNorm(gradient, chunk.length());
    }
    update(step, index, gradient, state);
  }

  /** The mean gradient, its values limited; of moments their combination. */
  private float[] mean(Step step, float divisor, ChunkSums of) {
    Chunk chunk = chunks.get(of.chunk());
    float[] sum = sums.sum(step.step(), chunk, of);
    if (chunk.kind() == StateLayout.Kind.GRADIENT) {
      for (int i = 0; i < chunk.length(); i++) {
        sum[i] /= divisor;
      }
      clip.limitValues(sum, chunk.length());
    }
    return sum;
  }

  private void update(Step step, int index, float[] mean, float[] state) {
    Chunk chunk = chunks.get(index);
    switch (chunk.kind()) {
      case GRADIENT -> optimize(step, index, owned.start(index), mean, state);
      case MOMENTS -> moveAverages(step, chunk, owned.start(index), mean, state);
    }
  }

  private void moveAverages(Step step, Chunk chunk, int own, float[] moments, float[] state) {
    Moments.moveAverages(
        state,
        chunk.from(),
        moments,
        (long) plan.batchSamples(step.step()) * chunk.positions(),
        chunk.length() / 2,
        chunk.momentum());
    if (average != null) {
      System.arraycopy(state, chunk.from(), average, own, chunk.length());
    }
  }

  private void optimize(Step step, int index, int own, float[] mean, float[] state) {
    Chunk chunk = chunks.get(index);
    int length = chunk.length();
    boolean decays = chunk.decays() || optimizer.decayNormAndBias();
    float decay = decays ? optimizer.weightDecay() : 0f;
    System.arraycopy(state, chunk.from(), weights, 0, length);
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slots[s], own, slotSlices[s], 0, length);
    }
    long updates = tuning.updates(index, step.step());
    float rate = tuning.rate(index, step.rate());
    optimizer.update(updates, rate, decay, weights, mean, slotSlices, length);
    System.arraycopy(weights, 0, state, chunk.from(), length);
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slotSlices[s], 0, slots[s], own, length);
    }
    if (average != null) {
      moveAverage(step.move(), own, length);
    }
  }

  /** Moves the averages towards the new weights, which lie in {@code weights}. */
  private void moveAverage(WeightAverage.Move move, int own, int length) {
    if (move.copies()) {
      System.arraycopy(weights, 0, average, own, length);
      return;
    }
    if (move.share() == 0) {
      return;
    }
    System.arraycopy(average, own, averages, 0, length);
    for (int i = 0; i < length; i++) {
      averages[i] = Math.fma(move.share(), weights[i] - averages[i], averages[i]);
    }
    System.arraycopy(averages, 0, average, own, length);
  }
}
