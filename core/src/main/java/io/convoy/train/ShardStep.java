package io.convoy.train;

import io.convoy.data.SampleLoader;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.Pass;
import io.convoy.loss.Criterion;
import io.convoy.network.Execution;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The gradients of shards: loads the samples, forward, loss, backward, and sums them along {@link
 * ShardTree}. One thread at a time; it works on the pool's threads.
 */
public final class ShardStep {
  private final BatchPlan plan;
  private final SampleLoader loader;
  private final Network network;
  private final long seed;
  private final WorkPool pool;
  private final Execution execution;
  private final Pass pass;
  private final Criterion loss;
  private final SampleLoader.Scratch[] scratch;
  private final int[] indices;
  private final int[] labels;
  private final Deque<float[]> spare = new ArrayDeque<>();
  private final WorkPool.Block loadBlock = this::loadSample;
  private long step;
  private int first;

  public ShardStep(
      Recipe recipe, BatchPlan plan, SampleLoader loader, Kernels kernels, WorkPool pool) {
    this.plan = plan;
    this.loader = loader;
    this.network = recipe.network();
    this.seed = recipe.seed();
    this.pool = pool;
    int capacity = plan.largestShard();
    execution = Execution.training(network, capacity, recipe.conv(), kernels, pool);
    pass = new Pass(capacity);
    loss = recipe.loss().criterion(network.outputShape().channels());
    scratch = new SampleLoader.Scratch[pool.threads()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = loader.newScratch();
    }
    labels = new int[capacity];
    indices = new int[recipe.batchSize()];
  }

  /** Turns to a step, with the weights that it starts from; {@code state} must not change in it. */
  public void begin(long step, float[] state) {
    this.step = step;
    plan.indices(step, indices);
    execution.load(state);
  }

  /**
   * The summed gradients (and combined moments) of the shards under a node, in the state's layout.
   * The vector is the caller's until it is given back by {@link #release}.
   *
   * @param figures where {@link ShardResult#FIGURES} of each shard go
   */
  public float[] sum(ShardTree.Node node, double[] figures) {
    if (node.leaf()) {
      float[] vector = spare.isEmpty() ? new float[network.layout().length()] : spare.pop();
      gradient(node.from(), vector, figures);
      return vector;
    }
    float[] left = sum(node.left(), figures);
    float[] right = sum(node.right(), figures);
    merge(node, left, right);
    release(right);
    return left;
  }

  /** The most vectors that {@link #sum} over a node holds at a time. */
  static int liveVectors(ShardTree.Node node) {
    return node.leaf() ? 1 : Math.max(liveVectors(node.left()), 1 + liveVectors(node.right()));
  }

  /** Gives a vector back for later shards. */
  public void release(float[] vector) {
    spare.push(vector);
  }

  private void gradient(int shard, float[] vector, double[] figures) {
    first = plan.shardStart(step, shard);
    int samples = plan.shardStart(step, shard + 1) - first;
    pool.run(samples, loadBlock);
    pass.training(samples, seed, plan.epoch(step), indices, first);
    execution.forward(pass);
    loss.compute(execution.output(), samples, labels, execution.outputGradient());
    int at = shard * ShardResult.FIGURES;
    figures[at + ShardResult.LOSS] = loss.loss();
    figures[at + ShardResult.CORRECT] = loss.correct();
    figures[at + ShardResult.FAULTY_NODE] = -1;
    if (!Double.isFinite(loss.loss())) {
      String faulty = execution.firstNonFinite(pass);
      figures[at + ShardResult.FAULTY_NODE] =
          network.nodes().stream().map(n -> n.name()).toList().indexOf(faulty);
    }
    execution.backward(pass, vector);
  }

  private void loadSample(int slot, int thread) {
    int index = indices[first + slot];
    labels[slot] = loader.label(index);
    loader.load(execution.input(), slot, index, plan.epoch(step), scratch[thread]);
  }

  private void merge(ShardTree.Node node, float[] left, float[] right) {
    long start = plan.shardStart(step, node.from());
    long middle = plan.shardStart(step, node.middle());
    long end = plan.shardStart(step, node.to());
    List<StateLayout.Chunk> chunks = network.layout().chunks();
    pool.run(
        chunks.size(),
        (index, thread) -> {
          StateLayout.Chunk chunk = chunks.get(index);
          switch (chunk.kind()) {
            case GRADIENT -> {
              for (int i = chunk.from(); i < chunk.to(); i++) {
                left[i] += right[i];
              }
            }
            case MOMENTS ->
                Moments.merge(
                    left,
                    chunk.from(),
                    (middle - start) * chunk.positions(),
                    right,
                    chunk.from(),
                    (end - middle) * chunk.positions(),
                    chunk.length() / 2);
          }
        });
  }
}
