package io.convoy.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.loss.Loss;
import io.convoy.network.Network;
import io.convoy.recipe.Recipe;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step has shown.
 *
 * @param step its number, from 1
 * @param epoch from 0
 * @param samples in its batch
 * @param loss the mean over the batch, by the samples' weights, before the update
 * @param correct samples whose largest logit was the true class's; null where the loss does not
 *     count them
 * @param rate the learning rate
 * @param gradientNorm the norm of the mean gradient, before it was scaled to its limit; null where
 *     the recipe sets none ({@code clip.norm})
 * @param seconds that the step took, on the clock of whoever reports it
 * @param dataWaitSeconds by how much the step was longer since samples were not there when they
 *     were needed, at the rank that waited longest: its threads load the samples of a pass
 *     together, and each pass adds the time of the thread that waited longest in it, for a reader
 *     or reading itself
 * @param ranks what each rank did in it, in their order; none where older metrics are read
 * @param figures what the loss reports beside that, summed over the batch, in its order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StepReport(
    long step,
    int epoch,
    int samples,
    double loss,
    Integer correct,
    float rate,
    Double gradientNorm,
    double seconds,
    double dataWaitSeconds,
    List<RankTimes> ranks,
    Map<String, Double> figures) {
  public StepReport {
    ranks = ranks == null ? List.of() : List.copyOf(ranks);
    figures =
        figures == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * Puts together the figures of all shards, along the tree.
   *
   * @param step from 0
   * @param figures {@link ShardFigures} of all shards
   * @param ranks among how many these are shared out
   * @throws ConvoyException of kind DIVERGED when a loss is no finite number
   */
  public static StepReport of(
      long step, BatchPlan plan, float rate, double[] figures, Recipe recipe, int ranks) {
    ShardFigures layout = ShardFigures.of(recipe);
    int shards = plan.usedShards(step);
    requireFinite(step, shards, figures, layout, recipe.network());
    Integer correct = null;
    Map<String, Double> others = new LinkedHashMap<>();
    double waited = 0;
    for (int shard = 0; shard < shards; shard++) {
      waited = Math.max(waited, figures[layout.dataWait(shard)]);
    }
    for (int k = 0; k < layout.reported().size(); k++) {
      double sum = 0;
      for (int shard = 0; shard < shards; shard++) {
        sum += figures[layout.reported(shard, k)];
      }
      if (layout.reported().get(k).equals(Loss.CORRECT)) {
        correct = (int) sum;
      } else {
        others.put(layout.reported().get(k), sum);
      }
    }
    double loss = layout.lossSum(shards, figures) / layout.divisor(shards, figures);
    return new StepReport(
        step + 1,
        plan.epoch(step),
        plan.batchSamples(step),
        loss,
        correct,
        rate,
        null,
        0,
        waited,
        layout.ofRanks(ranks, shards, figures),
        others);
  }

  private static void requireFinite(
      long step, int shards, double[] figures, ShardFigures layout, Network network) {
    for (int shard = 0; shard < shards; shard++) {
      double loss = figures[layout.loss(shard)];
      if (!Double.isFinite(loss)) {
        int node = (int) figures[layout.faultyNode(shard)];
        throw new ConvoyException(
            ConvoyException.Kind.DIVERGED,
            ("step %s: the loss is %s; layer '%s' is the first whose output is no finite number:"
                    + " start a new run with a lower learning rate or more warm-up")
                .formatted(
                    step + 1,
                    loss,
                    node < 0 ? "(the loss itself)" : network.nodes().get(node).name()));
      }
    }
  }

  /** The same with the gradient's norm, null for none. */
  public StepReport withGradientNorm(Double norm) {
    return new StepReport(
        step, epoch, samples, loss, correct, rate, norm, seconds, dataWaitSeconds, ranks, figures);
  }

  /** The same of a step that took so long. */
  StepReport withSeconds(double taken) {
    return new StepReport(
        step,
        epoch,
        samples,
        loss,
        correct,
        rate,
        gradientNorm,
        taken,
        dataWaitSeconds,
        ranks,
        figures);
  }
}
