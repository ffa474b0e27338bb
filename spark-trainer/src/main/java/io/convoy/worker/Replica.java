package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.exchange.PeerExchange;
import io.convoy.exchange.TwoPhaseOwner;
import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.Kernels;
import io.convoy.shard.ShardTree;
import io.convoy.train.BatchPlan;
import io.convoy.train.ChunkSums;
import io.convoy.train.ChunkUpdate;
import io.convoy.train.OwnedChunks;
import io.convoy.train.Recipe;
import io.convoy.train.ShardResult;
import io.convoy.train.ShardStep;
import io.convoy.train.ShardWorker;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import java.util.ArrayList;
import java.util.List;

/**
 * One rank's copy of a training: the weights, all of them; the optimizer's state and the averaged
 * weights of the chunks that it owns; the planned buffers. Between segments it waits in {@link
 * Replicas}.
 */
final class Replica implements AutoCloseable {
  private final Recipe recipe;
  private final OwnedChunks owned;
  private final BatchPlan plan;
  private final ChunkUpdate update;
  private final float[] weights;
  private final List<float[]> kept;
  private final ShardWorker worker;
  private long step;

  /**
   * @param ranks N
   * @param step that it stands at
   * @param weights of all chunks, or of own ones until the peers bring the others
   * @param kept the optimizer's state and averaged weights of own chunks
   */
  Replica(
      Assignment assignment,
      Recipe recipe,
      OwnedChunks owned,
      int ranks,
      long step,
      float[] weights,
      List<float[]> kept) {
    this.recipe = recipe;
    this.owned = owned;
    this.step = step;
    this.weights = weights;
    this.kept = kept;
    SampleSource source = assignment.split(recipe).training();
    plan = BatchPlan.of(recipe, source.size());
    update = new ChunkUpdate(recipe, plan, owned, kept);
    Kernels kernels = KernelProvider.kernels();
    worker = // last: has threads
        new ShardWorker(recipe, plan, source, kernels, assignment.threads(), ranks);
  }

  /** The arrays of own chunks: this rank's share of what the next segment starts from. */
  List<float[]> ownArrays() {
    List<float[]> arrays = new ArrayList<>();
    arrays.add(owned.gather(weights));
    arrays.addAll(kept);
    return arrays;
  }

  /** Has all ranks bring each other the weights that they own. */
  void distribute(PeerExchange exchange) throws InterruptedException {
    exchange.distribute(weights);
  }

  /**
   * Trains in step with the peers until {@code until} steps are done.
   *
   * @param validated what validation has left of the learning rate, for all of these steps
   * @throws io.convoy.error.ConvoyException of kind DIVERGED, at all ranks alike but for those that
   *     see another one leave over it; RESOURCE when a peer is lost
   */
  void train(long until, double validated, PeerExchange exchange, StepListener listener)
      throws InterruptedException {
    int rank = exchange.rank();
    int ranks = exchange.ranks();
    ShardStep shards = worker.shards();
    shards.prepare(step, weights);
    while (step < until) {
      int used = plan.usedShards(step);
      double[] figures = new double[used * ShardResult.FIGURES];
      float[][] sums = gradients(used, rank, ranks, figures);
      update.begin(step, validated);
      if (update.figuresPerChunk() == 0) {
        exchange.step(step, used, sums, figures, weights, this::finish);
      } else {
        exchange.stepInTwoPhases(step, used, sums, figures, weights, new TwoPhases(figures));
      }
      for (float[] sum : sums) {
        shards.release(sum);
      }
      StepReport report = report(figures);
      step++;
      listener.onStep(report.withGradientNorm(update.gradientNorm()));
    }
  }

  /** The threads of the passes have nothing else to do by now. */
  private void finish(List<ChunkSums> chunks, float[] state) {
    update.finish(chunks, state, worker.pool());
  }

  private StepReport report(double[] figures) {
    return StepReport.of(step, plan, update.rate(), figures, recipe.network());
  }

  /** The update as the exchange wants it where it has two phases. */
  private final class TwoPhases implements TwoPhaseOwner {
    private final double[] figuresOfShards;

    TwoPhases(double[] figuresOfShards) {
      this.figuresOfShards = figuresOfShards;
    }

    @Override
    public int figuresPerChunk() {
      return update.figuresPerChunk();
    }

    @Override
    public void measure(List<ChunkSums> chunks, float[] state, double[] figures) {
      update.measure(chunks, figures, worker.pool());
    }

    @Override
    public void combine(double[] figures) {
      report(figuresOfShards); // a loss that is no number says more than a norm that is none
      update.combine(figures);
    }

    @Override
    public void apply(int[] chunks, float[] state) {
      update.apply(chunks, state, worker.pool());
    }
  }

  /** The sums of the maximal sub-trees over this rank's shards. */
  private float[][] gradients(int used, int rank, int ranks, double[] figures) {
    List<ShardTree.Node> nodes =
        ShardTree.cover(used, share(rank, used, ranks), share(rank + 1, used, ranks));
    float[][] sums = new float[nodes.size()][];
    ShardStep shards = worker.shards();
    shards.begin(step, weights);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = shards.sum(nodes.get(i), figures);
    }
    return sums;
  }

  /** The first shard of a rank: ⌊rank · used / ranks⌋. */
  static int share(int rank, int used, int ranks) {
    return (int) ((long) rank * used / ranks);
  }

  @Override
  public void close() {
    worker.close();
  }
}
