package io.convoy.train;

import io.convoy.feed.BatchPlan;
import io.convoy.health.ChunkHealth;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.optimizer.LayerwiseOptimizer;
import io.convoy.optimizer.Optimizer;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RegularizationOptions;
import io.convoy.recipe.WeightAverage;
import io.convoy.shard.Moments;
import io.convoy.train.UpdateRound.Stage;
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
  private final RegularizationOptions regularization;
  private final UpdateNorms norms;
  private final ChunkHealth health;
  private final int longest;
  private final ChunkSum sums;
  private final float[] weights;
  private final float[] averages;
  private final float[][] slotSlices;
  private final float[] gradient;

  /**
   * @param slots of own chunks; updated in place
   * @param average averaged weights of own chunks; updated in place; null for none
   * @param health told of updates
   */
  ChunkArithmetic(
      Recipe recipe,
      BatchPlan plan,
      ChunkTuning tuning,
      OwnedChunks owned,
      float[][] slots,
      float[] average,
      UpdateNorms norms,
      ChunkHealth health) {
    StateLayout layout = recipe.network().layout();
    this.chunks = layout.chunks();
    this.plan = plan;
    this.tuning = tuning;
    this.optimizer = recipe.optimizer();
    this.owned = owned;
    this.slots = slots;
    this.average = average;
    this.regularization = recipe.regularization();
    this.norms = norms;
    this.health = health;
    longest = longestChunk(layout);
    sums = new ChunkSum(plan, chunks, recipe.shards());
    weights = new float[longest];
    averages = new float[average == null ? 0 : longest];
    slotSlices = new float[slots.length][longest];
    gradient = new float[norms.rounds().isEmpty() ? 0 : longest];
  }

  private static int longestChunk(StateLayout layout) {
    return layout.chunks().stream().mapToInt(Chunk::length).max().orElse(0);
  }

  /** Bytes of one thread's arrays. */
  static long scratchBytes(Recipe recipe) {
    int kept = new UpdateNorms(recipe).rounds().isEmpty() ? 0 : 1;
    long arrays = ChunkSum.levels(recipe.shards()) + (long) recipe.stateArrays() + kept;
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
   * Finishes a chunk that needs no round.
   *
   * @param divisor of the sums: the weight of the batch
   */
  void finish(Step step, float divisor, ChunkSums of, float[] state) {
    if (tuning.isFrozen(of.chunk(), step.step())) {
      return;
    }
    complete(step, of.chunk(), Stage.GRADIENT, mean(step, divisor, of), state);
  }

  /**
   * The first round: measures a chunk's gradient, or what becomes of it.
   *
   * @param divisor of the sums: the weight of the batch
   * @param kept what own chunks have come to; written
   * @param figures {@link UpdateNorms#figuresPerChunk} for each chunk; those of this one are set,
   *     of moments and of what is frozen none
   */
  void measure(
      Step step, float divisor, ChunkSums of, float[] state, float[] kept, double[] figures) {
    if (tuning.isFrozen(of.chunk(), step.step())) {
      return;
    }
    int first = 0;
    float[] mean = mean(step, divisor, of);
    measure(step, first, of.chunk(), Stage.GRADIENT, mean, state, kept, figures);
  }

  /** A later round of a chunk that was measured in the one before. */
  void measureAgain(
      Step step, int round, int index, float[] state, float[] kept, double[] figures) {
    if (tuning.isFrozen(index, step.step())) {
      return;
    }
    Stage from = norms.rounds().get(round - 1).stage();
    measure(step, round, index, from, load(index, from, kept), state, kept, figures);
  }

  private void measure(
      Step step,
      int round,
      int index,
      Stage from,
      float[] values,
      float[] state,
      float[] kept,
      double[] figures) {
    Chunk chunk = chunks.get(index);
    int length = chunk.length();
    float[] reached = values;
    if (chunk.kind() == StateLayout.Kind.GRADIENT) {
      UpdateRound now = norms.rounds().get(round);
      reached = advance(step, index, from, now.stage(), values, state);
      int at = index * norms.figuresPerChunk();
      switch (now) {
        case GRADIENT_NORM -> figures[at] = SquareSums.of(reached, 0, length);
        case PARAMETER_NORMS -> {
          figures[at] = SquareSums.of(weights, 0, length);
          figures[at + 1] = SquareSums.of(reached, 0, length);
        }
        case FILTER_NORMS -> norms.filters().measure(index, reached, figures, at);
      }
    }
    System.arraycopy(reached, 0, kept, owned.start(index), length);
  }

  /** Makes new values of what the last round has left. */
  void apply(Step step, int index, float[] kept, float[] state) {
    if (tuning.isFrozen(index, step.step())) {
      return;
    }
    Stage from = norms.rounds().get(norms.rounds().size() - 1).stage();
    complete(step, index, from, load(index, from, kept), state);
  }

  private float[] load(int index, Stage stage, float[] kept) {
    float[] into = stage == Stage.WEIGHTS ? weights : gradient;
    System.arraycopy(kept, owned.start(index), into, 0, chunks.get(index).length());
    return into;
  }

  /** The mean gradient, its values limited; of moments their combination. */
  private float[] mean(Step step, float divisor, ChunkSums of) {
    Chunk chunk = chunks.get(of.chunk());
    float[] sum = sums.sum(step.step(), chunk, of);
    if (chunk.kind() == StateLayout.Kind.GRADIENT) {
      for (int i = 0; i < chunk.length(); i++) {
        sum[i] /= divisor;
      }
      norms.clip().limitValues(sum, chunk.length());
    }
    return sum;
  }

  private void complete(Step step, int index, Stage from, float[] values, float[] state) {
    Chunk chunk = chunks.get(index);
    switch (chunk.kind()) {
      case GRADIENT -> {
        advance(step, index, from, Stage.WEIGHTS, values, state);
        putWeights(step, index, state);
      }
      case MOMENTS -> moveAverages(step, chunk, owned.start(index), values, state);
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

  /**
   * Takes a chunk from one stage to another; returns the array that it then lies in, {@code
   * weights} at the last stage.
   */
  private float[] advance(
      Step step, int index, Stage from, Stage to, float[] values, float[] state) {
    if (from == Stage.GRADIENT && to != Stage.GRADIENT) {
      direct(step, index, values, state);
    }
    if (from == Stage.WEIGHTS || to != Stage.WEIGHTS) {
      return values;
    }
    optimize(step, index, values, state);
    return weights;
  }

  /** Makes the optimizer's direction of a mean gradient, in place. */
  private void direct(Step step, int index, float[] values, float[] state) {
    Chunk chunk = chunks.get(index);
    norms.clip().limitNorm(values, chunk.length());
    if (!regularizes(chunk) && norms.parameters() == null) {
      return;
    }
    System.arraycopy(state, chunk.from(), weights, 0, chunk.length());
    if (regularizes(chunk)) {
      regularization.addTo(values, weights, chunk.length());
    }
    if (optimizer instanceof LayerwiseOptimizer layerwise) {
      loadSlots(index);
      long updates = tuning.updates(index, step.step());
      layerwise.direct(updates, decay(chunk), weights, values, slotSlices, chunk.length());
      storeSlots(index);
    }
  }

  private boolean regularizes(Chunk chunk) {
    return regularization != null && (chunk.decays() || regularization.normAndBias());
  }

  private float decay(Chunk chunk) {
    return decay(optimizer, chunk);
  }

  /** The weight decay of a chunk. */
  static float decay(Optimizer optimizer, Chunk chunk) {
    return chunk.decays() || optimizer.decayNormAndBias() ? optimizer.weightDecay() : 0f;
  }

  /** Moves the weights, which it leaves in {@code weights}, along a direction. */
  private void optimize(Step step, int index, float[] direction, float[] state) {
    Chunk chunk = chunks.get(index);
    int length = chunk.length();
    float rate = tuning.rate(index, step.rate());
    System.arraycopy(state, chunk.from(), weights, 0, length);
    if (regularizes(chunk)) {
      regularization.decay(rate, weights, length);
    }
    long updates = tuning.updates(index, step.step());
    loadSlots(index);
    if (optimizer instanceof LayerwiseOptimizer layerwise) {
      float trust = norms.parameters().trust(index);
      layerwise.move(rate, decay(chunk), trust, weights, direction, slotSlices, length);
    } else {
      optimizer.update(updates, rate, decay(chunk), weights, direction, slotSlices, length);
    }
    storeSlots(index);
  }

  private void loadSlots(int index) {
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slots[s], owned.start(index), slotSlices[s], 0, chunks.get(index).length());
    }
  }

  private void storeSlots(int index) {
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slotSlices[s], 0, slots[s], owned.start(index), chunks.get(index).length());
    }
  }

  /** Puts the new weights, whose filters it limits, where they belong. */
  private void putWeights(Step step, int index, float[] state) {
    Chunk chunk = chunks.get(index);
    if (norms.filters() != null) {
      norms.filters().limit(index, weights);
    }
    health.update(index, state, weights);
    System.arraycopy(weights, 0, state, chunk.from(), chunk.length());
    if (average != null) {
      moveAverage(step.move(), owned.start(index), chunk.length());
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
