package io.convoy.train;

import io.convoy.kernel.WorkPool;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.optimizer.Optimizer;
import io.convoy.recipe.Recipe;
import io.convoy.shard.Moments;
import io.convoy.shard.ShardTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the owner of a chunk does once the sums of all sub-trees are there: it finishes the tree,
 * divides by the batch, and applies the optimizer (or moves the averages of a batch norm); then it
 * moves the averaged weights where the recipe wants some. One thread at a time, but for {@link
 * #finishAll}.
 *
 * <p>Most rules need to know one chunk at a time, and {@link #finish} does it all. Those that need
 * to know all chunks first, such as the limit to the gradient's norm, go in two phases:
 *
 * <pre>
 *   measure   each own chunk: its mean gradient, which is kept, and {@link #figuresPerChunk} figures
 *   combine   the figures of all chunks, in the order of chunks, whoever measured them
 *   apply     each own chunk: the optimizer
 * </pre>
 */
public final class ChunkUpdate {
  private static final int WARM_UP_CALLS = 1_000;
  private static final int WARM_UP_LENGTH = 64;

  private final StateLayout layout;
  private final BatchPlan plan;
  private final Optimizer optimizer;
  private final Recipe recipe;
  private final OwnedChunks owned;
  private final float[][] slots;
  private final float[] ema;
  private final GradientClip clip;
  private final float[] held;
  private final float[] gradient;
  private final int longest;
  private final List<Desk> desks = new ArrayList<>();
  private long step;
  private float rate;
  private float emaShare;

  /**
   * @param owned the chunks that are going to be finished here
   * @param kept what a {@link TrainingState} has beside the weights, in the order of {@link
   *     TrainingState#arrays}, of these chunks; updated in place
   */
  public ChunkUpdate(Recipe recipe, BatchPlan plan, OwnedChunks owned, List<float[]> kept) {
    this.owned = owned;
    this.recipe = recipe;
    this.layout = recipe.network().layout();
    this.plan = plan;
    this.optimizer = recipe.optimizer();
    int slotCount = optimizer.slots().size();
    this.slots = kept.subList(0, slotCount).toArray(float[][]::new);
    this.ema = recipe.ema() == null ? null : kept.get(slotCount);
    this.clip = new GradientClip(recipe.clip());
    longest = longestChunk(recipe);
    held = new float[clip.byNorm() ? owned.length() : 0];
    gradient = new float[clip.byNorm() ? longest : 0];
    warmUp(desk(0));
  }

  /** Has the optimizer's loop compiled before the first step, on numbers that nobody reads. */
  private void warmUp(Desk desk) {
    int length = Math.min(longest, WARM_UP_LENGTH);
    float[] zeros = new float[length];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      optimizer.update(1, 0f, 0f, desk.weights, zeros, desk.slotSlices, length);
    }
  }

  /** What one thread works with. */
  private final class Desk {
    private final ChunkSum sums = new ChunkSum(plan, layout.chunks(), recipe.shards());
    private final float[] weights = new float[longest];
    private final float[] averages = new float[ema == null ? 0 : longest];
    private final float[][] slotSlices = new float[slots.length][longest];
  }

  private Desk desk(int thread) {
    while (desks.size() <= thread) {
      desks.add(new Desk());
    }
    return desks.get(thread);
  }

  private static int longestChunk(Recipe recipe) {
    return recipe.network().layout().chunks().stream().mapToInt(Chunk::length).max().orElse(0);
  }

  /**
   * Bytes of an owner's arrays beside what is kept: a chunk for each level of the tree, for
   * weights, slots and averages; the gradients of all own chunks where two phases have to hold
   * them.
   *
   * @param owned floats of the owner's chunks
   */
  static long scratchBytes(Recipe recipe, int owned) {
    boolean holds = new GradientClip(recipe.clip()).byNorm();
    long chunks = ChunkSum.levels(recipe.shards()) + (long) recipe.stateArrays() + (holds ? 1 : 0);
    long held = holds ? owned : 0;
    return (chunks * longestChunk(recipe) + held) * Float.BYTES;
  }

  /**
   * Turns to a step, from 0.
   *
   * @param validated what validation has left of the learning rate, as the schedule says
   */
  public void begin(long step, double validated) {
    this.step = step;
    this.rate = recipe.schedule().at(step, plan.stepsPerEpoch(), recipe.epochs(), validated);
    this.emaShare = recipe.ema() == null ? 0 : recipe.ema().share(step + 1);
  }

  /** The learning rate of the step. */
  public float rate() {
    return rate;
  }

  /** Figures that each chunk gives in a first phase; 0 where one phase is enough. */
  public int figuresPerChunk() {
    return clip.byNorm() ? 1 : 0;
  }

  /**
   * The norm of the step's mean gradient before it was scaled to the limit, once all is finished;
   * null where the recipe sets no limit to it.
   */
  public Double gradientNorm() {
    return clip.byNorm() ? clip.norm() : null;
  }

  /**
   * Finishes all chunks in the one or two phases that it takes, for whoever owns them all.
   *
   * @param nodes sub-trees in ascending order that together cover all shards of the step
   * @param vectors the sum of each node, laid out like the state
   * @param state updated
   * @param pool whose threads share out the chunks
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when the gradient's norm is no finite
   *     number; nothing is updated then
   */
  public void finishAll(ShardTree.Node[] nodes, float[][] vectors, float[] state, WorkPool pool) {
    int chunks = layout.chunks().size();
    desk(pool.threads() - 1);
    if (figuresPerChunk() == 0) {
      pool.run(
          chunks,
          (chunk, thread) -> {
            float[] mean = mean(chunk, nodes, vectors, offsets(chunk, nodes), desks.get(thread));
            update(chunk, mean, state, desks.get(thread));
          });
      return;
    }
    double[] figures = new double[chunks * figuresPerChunk()];
    pool.run(
        chunks,
        (chunk, thread) ->
            measure(chunk, nodes, vectors, offsets(chunk, nodes), figures, desks.get(thread)));
    combine(figures);
    for (int chunk = 0; chunk < chunks; chunk++) {
      apply(chunk, state);
    }
  }

  /** Where a chunk starts in vectors that are laid out like the state. */
  private int[] offsets(int chunk, ShardTree.Node[] nodes) {
    int[] offsets = new int[nodes.length];
    Arrays.fill(offsets, layout.chunks().get(chunk).from());
    return offsets;
  }

  /**
   * Finishes one chunk, where one phase is enough.
   *
   * @param index of the chunk
   * @param nodes sub-trees in ascending order that together cover all shards of the step
   * @param vectors {@code vectors[i][offsets[i] + j]} is element j of the chunk in node i's sum
   * @param state updated in the chunk's range
   */
  public void finish(
      int index, ShardTree.Node[] nodes, float[][] vectors, int[] offsets, float[] state) {
    update(index, mean(index, nodes, vectors, offsets, desk(0)), state, desk(0));
  }

  /**
   * The first of two phases, for one own chunk.
   *
   * @param index of the chunk
   * @param nodes as for {@link #finish}
   * @param vectors as for {@link #finish}
   * @param offsets as for {@link #finish}
   * @param figures {@link #figuresPerChunk} for each chunk of the state; those of this one are set
   */
  public void measure(
      int index, ShardTree.Node[] nodes, float[][] vectors, int[] offsets, double[] figures) {
    measure(index, nodes, vectors, offsets, figures, desk(0));
  }

  private void measure(
      int index,
      ShardTree.Node[] nodes,
      float[][] vectors,
      int[] offsets,
      double[] figures,
      Desk desk) {
    Chunk chunk = layout.chunks().get(index);
    float[] mean = mean(index, nodes, vectors, offsets, desk);
    System.arraycopy(mean, 0, held, owned.start(index), chunk.length());
    figures[index] =
        switch (chunk.kind()) {
          case GRADIENT -> GradientClip.squares(mean, chunk.length());
          case MOMENTS -> 0;
        };
  }

  /**
   * Between the phases: all figures of all chunks are there.
   *
   * @param figures {@link #figuresPerChunk} for each chunk of the state, in the order of chunks
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when the gradient's norm is no finite
   *     number
   */
  public void combine(double[] figures) {
    clip.combine(figures, step + 1);
  }

  /**
   * The second of two phases, for one own chunk that was measured.
   *
   * @param index of the chunk
   * @param state updated in the chunk's range
   */
  public void apply(int index, float[] state) {
    Chunk chunk = layout.chunks().get(index);
    System.arraycopy(held, owned.start(index), gradient, 0, chunk.length());
    if (chunk.kind() == StateLayout.Kind.GRADIENT) {
      clip.limitNorm(gradient, chunk.length());
    }
    update(index, gradient, state, desk(0));
  }

  /** The mean gradient, its values limited; of moments their combination. */
  private float[] mean(
      int index, ShardTree.Node[] nodes, float[][] vectors, int[] offsets, Desk desk) {
    Chunk chunk = layout.chunks().get(index);
    float[] sum = desk.sums.sum(step, chunk, nodes, vectors, offsets);
    if (chunk.kind() == StateLayout.Kind.GRADIENT) {
      float samples = plan.batchSamples(step);
      for (int i = 0; i < chunk.length(); i++) {
        sum[i] /= samples;
      }
      clip.limitValues(sum, chunk.length());
    }
    return sum;
  }

  private void update(int index, float[] mean, float[] state, Desk desk) {
    Chunk chunk = layout.chunks().get(index);
    switch (chunk.kind()) {
      case GRADIENT -> optimize(chunk, owned.start(index), mean, state, desk);
      case MOMENTS -> moveAverages(chunk, owned.start(index), mean, state);
    }
  }

  private void moveAverages(Chunk chunk, int own, float[] moments, float[] state) {
    Moments.moveAverages(
        state,
        chunk.from(),
        moments,
        (long) plan.batchSamples(step) * chunk.positions(),
        chunk.length() / 2,
        chunk.momentum());
    if (ema != null) {
      System.arraycopy(state, chunk.from(), ema, own, chunk.length());
    }
  }

  private void optimize(Chunk chunk, int own, float[] mean, float[] state, Desk desk) {
    float[] weights = desk.weights;
    float[][] slotSlices = desk.slotSlices;
    int length = chunk.length();
    boolean decays = chunk.decays() || optimizer.decayNormAndBias();
    System.arraycopy(state, chunk.from(), weights, 0, length);
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slots[s], own, slotSlices[s], 0, length);
    }
    optimizer.update(
        step + 1, rate, decays ? optimizer.weightDecay() : 0f, weights, mean, slotSlices, length);
    System.arraycopy(weights, 0, state, chunk.from(), length);
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slotSlices[s], 0, slots[s], own, length);
    }
    if (ema != null) {
      average(own, length, desk);
    }
  }

  /** Moves the averages towards the new weights, which lie in {@code weights}. */
  private void average(int own, int length, Desk desk) {
    float[] weights = desk.weights;
    float[] averages = desk.averages;
    System.arraycopy(ema, own, averages, 0, length);
    for (int i = 0; i < length; i++) {
      averages[i] = Math.fma(emaShare, weights[i] - averages[i], averages[i]);
    }
    System.arraycopy(averages, 0, ema, own, length);
  }
}
