package io.convoy.train;

import io.convoy.recipe.Recipe;
import io.convoy.shard.Share;
import java.util.List;

/**
 * Where the figures of a step's shards stand in an array, as they cross the wire. For each shard,
 * in their order:
 *
 * <pre>
 *   the loss, summed over its samples | the node at fault, or -1 | seconds waited
 * | what the loss reports
 * </pre>
 *
 * <p>Seconds waited are those that the rank which computes the shard has waited for samples in the
 * step until then, so that the largest of all shards is that of the rank that waited longest.
 *
 * @param reported the names of what the loss reports
 */
public record ShardFigures(List<String> reported) {
  private static final int LOSS = 0;
  private static final int FAULTY_NODE = 1;
  private static final int DATA_WAIT = 2;
  private static final int REPORTED = 3;

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

  private int size() {
    return REPORTED + reported.size();
  }

  int loss(int shard) {
    return shard * size() + LOSS;
  }

  int faultyNode(int shard) {
    return shard * size() + FAULTY_NODE;
  }

  int dataWait(int shard) {
    return shard * size() + DATA_WAIT;
  }

  /** The place of the k-th of what the loss reports. */
  int reported(int shard, int k) {
    return shard * size() + REPORTED + k;
  }
}
