package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.recipe.Recipe;
import io.convoy.shard.Moments;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The running mean and variance of each batch norm, measured anew for weights that no training went
 * by: averaged ones (Izmailov et al. 2018, section 3.2). It goes forward, as in training, over the
 * mini-batches of the recipe's first epoch: in the same shards, each normalised by its own
 * statistics, augmented and with dropout. Of K batches
 *
 * <pre>
 *   mean     = (mean_1 + … + mean_K) / K
 *   variance = (variance_1 + … + variance_K) / K
 * </pre>
 *
 * <p>where those of a batch are its shards' moments, combined along their tree, the variance
 * divided by n - 1: what PyTorch's {@code update_bn} comes to. Sums are in double precision, block
 * by block: block b of B = min(64, K) has the batches from floor(b K / B) up to floor((b + 1) K /
 * B), and blocks add up in their order. So whoever measures which block has no part in the result,
 * which is a pure function of recipe, training set and weights.
 *
 * <p>Batch norms that auxiliary outputs alone need stay as they are: averaged weights are for
 * inference, which does not compute them.
 */
public final class StatisticsRefresh {
  private static final int MOST_BLOCKS = 64;

  private final Recipe recipe;
  private final SampleSource training;
  private final BatchPlan plan;
  private final List<Chunk> chunks;
  private final int batches;
  private final int blocks;

  /**
   * @param recipe its {@code swa}, if it has one, says how many samples count
   * @param training the samples that are trained on, without what is held back; not closed here
   */
  public StatisticsRefresh(Recipe recipe, SampleSource training) {
    this.recipe = recipe.withoutAuxiliary();
    this.training = training;
    plan = BatchPlan.of(recipe, training.rowGroups());
    chunks = moments(recipe);
    batches = batches(recipe, plan);
    blocks = Math.min(MOST_BLOCKS, batches);
  }

  /** Those of batch norms that are frozen for good stay as they are. */
  private static List<Chunk> moments(Recipe recipe) {
    StateLayout layout = recipe.network().layout();
    List<Chunk> all = layout.chunks();
    Set<String> computed =
        recipe.network().inferenceNodes().stream().map(Node::name).collect(Collectors.toSet());
    ChunkTuning tuning = new ChunkTuning(recipe, 1);
    return IntStream.range(0, all.size())
        .filter(c -> all.get(c).kind() == StateLayout.Kind.MOMENTS && !tuning.isFrozenForGood(c))
        .filter(c -> computed.contains(layout.entry(all.get(c)).layer()))
        .mapToObj(all::get)
        .toList();
  }

  private static int batches(Recipe recipe, BatchPlan plan) {
    long samples = recipe.swa() == null ? 0 : recipe.swa().refreshSamples();
    long wanted = (samples + plan.batchSamples(0) - 1) / plan.batchSamples(0);
    return Math.toIntExact(
        samples == 0 ? plan.stepsPerEpoch() : Math.min(wanted, plan.stepsPerEpoch()));
  }

  /** Whether trainings of a recipe come to a state that wants it. */
  public static boolean isWanted(Recipe recipe) {
    return recipe.swa() != null && !moments(recipe).isEmpty();
  }

  /**
   * Whether the averaged weights after so many steps of a training want it: those of {@code swa},
   * of a network with batch norm, once they are no longer the weights themselves.
   */
  public static boolean isDue(Recipe recipe, BatchPlan plan, long step) {
    return isWanted(recipe)
        && step > 0
        && !recipe.swa().move(step, plan.stepsPerEpoch(), plan.allSteps(recipe)).copies();
  }

  /** Samples that are looked at. */
  public long samples() {
    long samples = 0;
    for (int batch = 0; batch < batches; batch++) {
      samples += plan.batchSamples(batch);
    }
    return samples;
  }

  /**
   * The sums of the blocks that fall to one of those who share them out, in order.
   *
   * @param weights a state vector; its running statistics do not count
   * @param rank from 0
   * @param ranks N, at least 1
   * @return for each block, and in it for each batch norm, the means' sums and the variances'
   */
  public List<double[]> sums(float[] weights, Kernels kernels, int threads, int rank, int ranks) {
    Share own = Share.of(rank, blocks, ranks);
    List<double[]> sums = new ArrayList<>();
    if (own.count() == 0) {
      return sums;
    }
    int last = Share.start(own.to(), batches, blocks);
    try (ShardWorker worker =
        ShardWorker.ofWholeBatches(recipe, plan, training, kernels, threads, ranks, last)) {
      worker.shards().thaw();
      worker.shards().prepare(Share.start(own.from(), batches, blocks), 0, weights);
      for (int block = own.from(); block < own.to(); block++) {
        sums.add(sum(worker.shards(), Share.of(block, batches, blocks), weights));
      }
    }
    return sums;
  }

  private double[] sum(ShardStep shards, Share block, float[] weights) {
    double[] sums = new double[chunks.stream().mapToInt(Chunk::length).sum()];
    for (int batch = block.from(); batch < block.to(); batch++) {
      shards.begin(batch, 0, weights);
      float[] moments = shards.moments(ShardTree.root(plan.usedShards(batch)));
      int at = 0;
      for (Chunk chunk : chunks) {
        long count = (long) plan.batchSamples(batch) * chunk.positions();
        Moments.addAverages(sums, at, moments, chunk.from(), count, chunk.length() / 2);
        at += chunk.length();
      }
      shards.release(moments);
    }
    return sums;
  }

  /**
   * The weights with their statistics.
   *
   * @param weights a state vector; left as it is
   * @param sums of all blocks, in order
   * @return a new state vector
   */
  public float[] refreshed(float[] weights, List<double[]> sums) {
    if (sums.size() != blocks) {
      throw new IllegalArgumentException(
          "all blocks must be there; got %s of %s".formatted(sums.size(), blocks));
    }
    float[] refreshed = weights.clone();
    int at = 0;
    for (Chunk chunk : chunks) {
      for (int i = 0; i < chunk.length(); i++) {
        double sum = 0;
        for (double[] block : sums) {
          sum += block[at + i];
        }
        refreshed[chunk.from() + i] = (float) (sum / batches);
      }
      at += chunk.length();
    }
    return refreshed;
  }

  /** All of it in this process. */
  public float[] refreshed(float[] weights, Kernels kernels, int threads) {
    return refreshed(weights, sums(weights, kernels, threads, 0, 1));
  }
}
