package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.optimizer.Optimizer;
import java.util.List;

/**
 * What the owner of a chunk does once the sums of all sub-trees are there: it finishes the tree,
 * divides by the batch, and applies the optimizer (or moves the averages of a batch norm); then it
 * moves the averaged weights where the recipe wants some. One thread at a time.
 */
public final class ChunkUpdate {
  private final StateLayout layout;
  private final BatchPlan plan;
  private final Optimizer optimizer;
  private final Recipe recipe;
  private final OwnedChunks owned;
  private final float[][] slots;
  private final float[] ema;
  private final float[][] levels;
  private final float[] weights;
  private final float[] averages;
  private final float[][] slotSlices;
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
    int longest = layout.chunks().stream().mapToInt(StateLayout.Chunk::length).max().orElse(0);
    int depth = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(recipe.shards());
    levels = new float[depth][longest];
    weights = new float[longest];
    averages = new float[ema == null ? 0 : longest];
    slotSlices = new float[slotCount][longest];
  }

  /** Turns to a step, from 0. */
  public void begin(long step) {
    this.step = step;
    this.rate = recipe.schedule().at(step, plan.stepsPerEpoch(), recipe.epochs());
    this.emaShare = recipe.ema() == null ? 0 : recipe.ema().share(step + 1);
  }

  /** The learning rate of the step. */
  public float rate() {
    return rate;
  }

  /**
   * Finishes one chunk.
   *
   * @param index of the chunk
   * @param nodes sub-trees in ascending order that together cover all shards of the step
   * @param vectors {@code vectors[i][offsets[i] + j]} is element j of the chunk in node i's sum
   * @param state updated in the chunk's range
   */
  public void finish(
      int index, ShardTree.Node[] nodes, float[][] vectors, int[] offsets, float[] state) {
    StateLayout.Chunk chunk = layout.chunks().get(index);
    ShardTree.Node root = ShardTree.root(plan.usedShards(step));
    reduce(chunk, root, 0, nodes, vectors, offsets);
    float[] sum = levels[0];
    switch (chunk.kind()) {
      case GRADIENT -> update(chunk, owned.start(index), sum, state);
      case MOMENTS -> moveAverages(chunk, owned.start(index), sum, state);
    }
  }

  private void moveAverages(StateLayout.Chunk chunk, int own, float[] moments, float[] state) {
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

  /** Leaves the sum of a node in {@code levels[level]}. */
  private void reduce(
      StateLayout.Chunk chunk,
      ShardTree.Node node,
      int level,
      ShardTree.Node[] nodes,
      float[][] vectors,
      int[] offsets) {
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i].from() == node.from() && nodes[i].to() == node.to()) {
        System.arraycopy(vectors[i], offsets[i], levels[level], 0, chunk.length());
        return;
      }
    }
    reduce(chunk, node.left(), level, nodes, vectors, offsets);
    reduce(chunk, node.right(), level + 1, nodes, vectors, offsets);
    float[] left = levels[level];
    float[] right = levels[level + 1];
    switch (chunk.kind()) {
      case GRADIENT -> {
        for (int i = 0; i < chunk.length(); i++) {
          left[i] += right[i];
        }
      }
      case MOMENTS -> {
        int start = plan.shardStart(step, node.from());
        int middle = plan.shardStart(step, node.middle());
        int end = plan.shardStart(step, node.to());
        Moments.merge(
            left,
            0,
            (long) (middle - start) * chunk.positions(),
            right,
            0,
            (long) (end - middle) * chunk.positions(),
            chunk.length() / 2);
      }
    }
  }

  private void update(StateLayout.Chunk chunk, int own, float[] gradient, float[] state) {
    int length = chunk.length();
    float samples = plan.batchSamples(step);
    for (int i = 0; i < length; i++) {
      gradient[i] /= samples;
    }
    boolean decays = chunk.decays() || optimizer.decayNormAndBias();
    System.arraycopy(state, chunk.from(), weights, 0, length);
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slots[s], own, slotSlices[s], 0, length);
    }
    optimizer.update(
        step + 1,
        rate,
        decays ? optimizer.weightDecay() : 0f,
        weights,
        gradient,
        slotSlices,
        length);
    System.arraycopy(weights, 0, state, chunk.from(), length);
    for (int s = 0; s < slots.length; s++) {
      System.arraycopy(slotSlices[s], 0, slots[s], own, length);
    }
    if (ema != null) {
      average(own, length);
    }
  }

  /** Moves the averages towards the new weights, which lie in {@code weights}. */
  private void average(int own, int length) {
    System.arraycopy(ema, own, averages, 0, length);
    for (int i = 0; i < length; i++) {
      averages[i] = Math.fma(emaShare, weights[i] - averages[i], averages[i]);
    }
    System.arraycopy(averages, 0, ema, own, length);
  }
}
