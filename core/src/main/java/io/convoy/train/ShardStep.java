package io.convoy.train;

import io.convoy.execution.Execution;
import io.convoy.execution.WarmUp;
import io.convoy.feed.Batch;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleInput;
import io.convoy.health.DeadUnits;
import io.convoy.health.StepHealth;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import io.convoy.targets.Target;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The gradients of shards: loads the samples, forward, loss, backward, and sums them along {@link
 * ShardTree}, those that fit one pass in it, and what passes give behind them. One thread at a
 * time; it works on the pool's threads.
 */
public final class ShardStep {
  private final BatchPlan plan;
  private final int ranks;
  private final SampleFeed feed;
  private final Network network;
  private final long seed;
  private final Kernels kernels;
  private final WorkPool pool;
  private final Execution execution;
  private final FineTuning tuning;
  private final SampleInput input;
  private final Pass pass;
  private final ShardFigures layout;
  private final PassLosses losses;
  private final Target[] targets;
  private final PassCapacity capacity;
  private final TreeVectors vectors;
  private final WorkPool.Block loadBlock = this::loadSample;
  private Batch batch;

  /** Looks at the activations of this step; null where nobody does. */
  private DeadUnits dead;

  /** When the step began, and what this rank has waited for samples in it so far. */
  private long beginNanos;

  private double waitedSeconds;

  /** The id of the thread that was checked last, with the pool's own; none has the id 0. */
  private long caller;

  private long step;
  private int first;

  /**
   * @param feed of the plan's samples; not closed here
   * @param ranks among how many the shards are shared out; at least 1
   */
  public ShardStep(
      Recipe recipe, BatchPlan plan, SampleFeed feed, Kernels kernels, WorkPool pool, int ranks) {
    this(
        recipe,
        plan,
        feed,
        kernels,
        pool,
        ranks,
        ShardPasses.capacity(recipe.network(), plan, ranks));
  }

  /** With passes of this capacity. */
  ShardStep(
      Recipe recipe,
      BatchPlan plan,
      SampleFeed feed,
      Kernels kernels,
      WorkPool pool,
      int ranks,
      PassCapacity capacity) {
    this.capacity = capacity;
    this.plan = plan;
    this.ranks = ranks;
    this.feed = feed;
    this.network = recipe.network();
    this.seed = recipe.seed();
    this.kernels = kernels;
    this.pool = pool;
    execution = Execution.training(network, capacity, recipe.conv(), kernels, pool);
    tuning = recipe.fineTuning();
    if (tuning != null) {
      execution.freeze(tuning::frozenEpochs);
    }
    input = new SampleInput(execution.input(), feed.loader().standardization(), kernels, pool);
    pass = new Pass(capacity.samples());
    layout = ShardFigures.of(recipe);
    losses = new PassLosses(recipe, execution, layout, feed.loader().source());
    vectors = new TreeVectors(network.layout(), pool);
    targets = new Target[capacity.samples()];
  }

  /**
   * Makes ready for steps on the thread that calls this: makes sure that it and the pool's threads
   * compute as the contract wants, and has the kernels compiled.
   *
   * @param step the next one
   * @param rank whose share is computed here, from 0
   * @param state weights to compute with: any finite ones
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where subnormal numbers are lost
   */
  public void prepare(long step, int rank, float[] state) {
    // first: what else runs a kernel before it, may have it compiled badly
    warmUp(step, rank, state);
    if (caller != Thread.currentThread().getId()) { // waking all threads takes as long as a layer
      Subnormals.require(kernels, pool);
      caller = Thread.currentThread().getId();
    }
  }

  /**
   * Has the kernels compiled before a first step, by some passes over a few of its samples; nothing
   * where this JVM has done so for all of them. No result depends on it.
   */
  private void warmUp(long step, int rank, float[] state) {
    WarmUp warmUp = execution.warmUp();
    if (warmUp.done()) {
      return;
    }
    begin(step, rank, state);
    if (batch.samples() == 0) {
      return; // a short last batch leaves this rank nothing: the next step warms up
    }
    int[] bounds = warmUpBounds(warmUp);
    loadRepeated(bounds);
    float[] vector = vectors.take();
    double[] figures = layout.room(pass.shards());
    for (int i = warmUp.passes(pass.samples()); i > 0; i--) {
      execution.load(state);
      execution.forward(pass);
      losses.compute(pass, targets, 0, figures);
      execution.backward(pass, vector);
    }
    release(vector);
    warmUp.finish();
  }

  /** Two small shards, whose sums the kernels add, where passes have several. */
  private int[] warmUpBounds(WarmUp warmUp) {
    int shards = Math.min(2, capacity.shards());
    int samples = Math.min(warmUp.shardSamples(shards), capacity.shardSamples());
    return shards == 1
        ? new int[] {0, samples}
        : new int[] {0, samples, Math.min(2 * samples, capacity.samples())};
  }

  /**
   * Turns to a step, with the weights that it starts from; {@code state} must not change in it.
   *
   * @param rank whose share is computed here, from 0
   */
  public void begin(long step, int rank, float[] state) {
    this.step = step;
    feed.takeWaitedNanos(); // what a warm-up has waited, or a step that failed
    dead = rank == 0 && StepHealth.isDue(step + 1) ? new DeadUnits(network) : null;
    beginNanos = System.nanoTime();
    waitedSeconds = 0;
    batch = feed.begin(step, rank);
    execution.load(state);
  }

  /**
   * A step of a rank's share of the shards: their gradients, summed up to the share's sub-trees.
   * The vectors are the caller's until they are given back by {@link #release(ShardSums)}.
   *
   * @param rank from 0
   * @param state weights that the step starts from; must not change in it
   */
  public ShardSums sums(long step, int rank, float[] state) {
    int used = plan.usedShards(step);
    double[] figures = layout.room(used);
    Share own = Share.of(rank, used, ranks);
    ShardTree.Node[] nodes = own.nodes(used).toArray(ShardTree.Node[]::new);
    float[][] sums = new float[nodes.length][];
    begin(step, rank, state);
    for (int i = 0; i < nodes.length; i++) {
      sums[i] = sum(nodes[i], figures);
    }
    putTimes(own, figures);
    return new ShardSums(nodes, sums, figures, deadShares());
  }

  /** Of the step's rectifiers, in a step that is looked at here; else empty. */
  public Map<String, Double> deadShares() {
    return dead == null ? Map.of() : dead.shares();
  }

  /** Puts the rank's times, once its gradients are there, among the figures of its shards. */
  public void putTimes(Share own, double[] figures) {
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    for (int shard = own.from(); shard < own.to(); shard++) {
      figures[layout.dataWait(shard)] = waitedSeconds;
      figures[layout.computed(shard)] = seconds - waitedSeconds;
    }
  }

  /** Where figures stand. */
  public ShardFigures figures() {
    return layout;
  }

  /** Gives the vectors back. */
  public void release(ShardSums sums) {
    for (float[] vector : sums.vectors()) {
      release(vector);
    }
  }

  /**
   * The summed gradients (and combined moments) of the shards under a node, in the state's layout.
   * The vector is the caller's until it is given back by {@link #release}.
   *
   * @param figures where the {@link ShardFigures} of its shards go
   */
  public float[] sum(ShardTree.Node node, double[] figures) {
    return sum(node, (fitting, vector) -> gradient(fitting, vector, figures));
  }

  /**
   * The combined moments of the shards under a node, where {@link #sum} has them; what else is in
   * the vector means nothing. It takes forward passes alone.
   */
  float[] moments(ShardTree.Node node) {
    return sum(
        node,
        (fitting, vector) -> {
          forward(fitting);
          execution.moments(pass, vector);
        });
  }

  /** From now on, what is frozen for some epochs alone takes part as if it never were. */
  void thaw() {
    if (tuning != null) {
      execution.freeze(
          name -> {
            int epochs = tuning.frozenEpochs(name);
            return epochs == FineTuning.FOR_GOOD ? epochs : 0;
          });
    }
  }

  /** What one pass over the shards under a node leaves in a vector. */
  @FunctionalInterface
  private interface ShardPass {
    void compute(ShardTree.Node node, float[] vector);
  }

  private float[] sum(ShardTree.Node node, ShardPass work) {
    if (fits(node)) {
      float[] vector = vectors.take();
      work.compute(node, vector);
      return vector;
    }
    float[] left = sum(node.left(), work);
    float[] right = sum(node.right(), work);
    vectors.merge(node, shard -> plan.shardStart(step, shard), left, right);
    release(right);
    return left;
  }

  /** Whether one pass has room for all shards of a node. */
  private boolean fits(ShardTree.Node node) {
    int samples = plan.shardStart(step, node.to()) - plan.shardStart(step, node.from());
    return node.shards() <= capacity.shards() && samples <= capacity.samples();
  }

  /** Gives a vector back for later shards. */
  public void release(float[] vector) {
    vectors.release(vector);
  }

  private void gradient(ShardTree.Node node, float[] vector, double[] figures) {
    forward(node);
    if (!losses.compute(pass, targets, node.from(), figures)) {
      losses.nameFaulty(pass, node.from(), figures);
    }
    execution.backward(pass, vector);
  }

  private void forward(ShardTree.Node node) {
    int[] bounds = new int[node.shards() + 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = plan.shardStart(step, node.from() + i);
    }
    load(bounds);
    if (dead == null) {
      execution.forward(pass);
    } else {
      execution.forward(pass, dead.over(pass.samples()));
    }
  }

  /** Loads the samples of a pass. */
  private void load(int[] bounds) {
    first = bounds[0];
    pass.training(seed, batch.epoch(), batch.rows(), bounds);
    pool.run(pass.samples(), loadBlock);
    waitedSeconds += feed.takeWaitedNanos() / 1e9;
    input.finish(pass.samples());
  }

  /** Loads own samples, from the first on and as often as it takes to fill a pass. */
  private void loadRepeated(int[] bounds) {
    int[] positions =
        IntStream.range(0, bounds[bounds.length - 1])
            .map(slot -> batch.from() + slot % batch.samples())
            .toArray();
    int[] rows = Arrays.stream(positions).map(position -> batch.rows()[position]).toArray();
    pass.training(seed, batch.epoch(), rows, bounds);
    pool.run(pass.samples(), (slot, thread) -> loadSample(slot, positions[slot], thread));
    input.finish(pass.samples());
  }

  private void loadSample(int slot, int thread) {
    loadSample(slot, first + slot, thread);
  }

  private void loadSample(int slot, int position, int thread) {
    targets[slot] = feed.load(position, input.samples(), slot, thread);
  }
}
