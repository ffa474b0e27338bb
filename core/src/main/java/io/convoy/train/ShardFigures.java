package io.convoy.train;

import io.convoy.recipe.Recipe;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Where the figures of a step's shards stand in an array, as they cross the wire. For each shard,
 * in their order:
 *
 * <pre>
 *   the loss, summed over its samples | their summed weight | the node at fault, or -1
 * | seconds waited | seconds computed | what the loss reports
 * </pre>
 *
 * <p>Seconds are those of the rank which computes the shard, over the whole step: in all of its
 * shards the same.
 *
 * @param reported the names of what the loss reports
 */
public record ShardFigures(List<String> reported) {
  private static final int LOSS = 0;
  private static final int WEIGHT = 1;
  private static final int FAULTY_NODE = 2;
  private static final int DATA_WAIT = 3;
  private static final int COMPUTED = 4;
  private static final int REPORTED = 5;

  public ShardFigures {
    reported = List.copyOf(reported);
  }

  /** Of a recipe's training. */
  public static ShardFigures of(Recipe recipe) {
    return new ShardFigures(recipe.lossTerms().get(0).loss().figures());
  }

  /** Room for the figures of so many shards. */
  public double[] room(int shards) {
    return new double[shards * size()];
  }

  /** Puts the figures of own shards among those of all: both have room for all of the step. */
  public void merge(Share own, double[] figures, double[] all) {
    System.arraycopy(figures, own.from() * size(), all, own.from() * size(), own.count() * size());
  }

  /** The loss, summed over the samples of a step along the tree. */
  double lossSum(int shards, double[] figures) {
    return sum(ShardTree.root(shards), this::loss, figures);
  }

  /**
   * What a sum over the samples of a step is divided by: their summed weight, along the tree. Where
   * they have none it is infinity, for such a step teaches nothing.
   */
  public double divisor(int shards, double[] figures) {
    double weight = sum(ShardTree.root(shards), this::weight, figures);
    return weight == 0 ? Double.POSITIVE_INFINITY : weight;
  }

  private static double sum(ShardTree.Node node, IntUnaryOperator place, double[] figures) {
    return node.leaf()
        ? figures[place.applyAsInt(node.from())]
        : sum(node.left(), place, figures) + sum(node.right(), place, figures);
  }

  private int size() {
    return REPORTED + reported.size();
  }

  int loss(int shard) {
    return shard * size() + LOSS;
  }

  int weight(int shard) {
    return shard * size() + WEIGHT;
  }

  int faultyNode(int shard) {
    return shard * size() + FAULTY_NODE;
  }

  int dataWait(int shard) {
    return shard * size() + DATA_WAIT;
  }

  int computed(int shard) {
    return shard * size() + COMPUTED;
  }

  /**
   * What each rank did in a step.
   *
   * @param ranks among how many the shards are shared out
   */
  List<RankTimes> ofRanks(int ranks, int shards, double[] figures) {
    List<RankTimes> times = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      Share share = Share.of(rank, shards, ranks);
      int own = share.from();
      times.add(
          share.count() == 0
              ? new RankTimes(0, 0)
              : RankTimes.rounded(figures[computed(own)], figures[dataWait(own)]));
    }
    return times;
  }

  /** The place of the k-th of what the loss reports. */
  int reported(int shard, int k) {
    return shard * size() + REPORTED + k;
  }
}
