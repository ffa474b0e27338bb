package io.convoy.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.shard.ShardTree;

/**
 * What a step has shown.
 *
 * @param step its number, from 1
 * @param epoch from 0
 * @param samples in its batch
 * @param loss the mean over the batch, before the update
 * @param correct samples whose largest logit was the true class's
 * @param rate the learning rate
 * @param gradientNorm the norm of the mean gradient, before it was scaled to its limit; null where
 *     the recipe sets none ({@code clip.norm})
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepReport(
    long step, int epoch, int samples, double loss, int correct, float rate, Double gradientNorm) {

  /**
   * Puts together the figures of all shards, along the tree.
   *
   * @param step from 0
   * @param figures {@link ShardResult#FIGURES} for each shard
   * @throws ConvoyException of kind DIVERGED when a loss is no finite number
   */
  public static StepReport of(
      long step, BatchPlan plan, float rate, double[] figures, Network network) {
    int shards = plan.usedShards(step);
    int correct = 0;
    for (int shard = 0; shard < shards; shard++) {
      int at = shard * ShardResult.FIGURES;
      correct += (int) figures[at + ShardResult.CORRECT];
      if (!Double.isFinite(figures[at + ShardResult.LOSS])) {
        int node = (int) figures[at + ShardResult.FAULTY_NODE];
        throw new ConvoyException(
            ConvoyException.Kind.DIVERGED,
            ("step %s: the loss is %s; layer '%s' is the first whose output is no finite number:"
                    + " start a new run with a lower learning rate or more warm-up")
                .formatted(
                    step + 1,
                    figures[at + ShardResult.LOSS],
                    node < 0 ? "(the loss itself)" : network.nodes().get(node).name()));
      }
    }
    double loss = sum(ShardTree.root(shards), figures) / plan.batchSamples(step);
    return new StepReport(
        step + 1, plan.epoch(step), plan.batchSamples(step), loss, correct, rate, null);
  }

  /** The same with the gradient's norm, null for none. */
  public StepReport withGradientNorm(Double norm) {
    return new StepReport(step, epoch, samples, loss, correct, rate, norm);
  }

  private static double sum(ShardTree.Node node, double[] figures) {
    return node.leaf()
        ? figures[node.from() * ShardResult.FIGURES + ShardResult.LOSS]
        : sum(node.left(), figures) + sum(node.right(), figures);
  }
}
