package io.convoy.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.recipe.CheckpointOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What a trial has come to, over all of its folds.
 *
 * @param trial its number; 0 is the recipe as it was given
 * @param values of the keys that are searched; JSON's null where the recipe has no such key
 * @param epochs of the last rung that it came to
 * @param loss the mean of the folds' validation losses; null where it failed
 * @param lossSpread their standard deviation (of n - 1); null without folds
 * @param accuracy the mean of the folds' shares of right ones
 * @param accuracySpread their standard deviation; null without folds
 * @param seconds of all rungs and folds, one after the other
 * @param failure why it ended; null where it did not fail
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialResult(
    int trial,
    Map<String, JsonNode> values,
    int epochs,
    Double loss,
    Double lossSpread,
    Double accuracy,
    Double accuracySpread,
    double seconds,
    String failure) {

  /**
   * Takes together.
   *
   * @param parts the results of all folds at one rung; fewer where one of them failed
   * @param before seconds of the rungs before
   */
  public static TrialResult of(
      int trial, Map<String, JsonNode> values, List<PartResult> parts, double before) {
    SummaryStatistics loss = new SummaryStatistics();
    SummaryStatistics accuracy = new SummaryStatistics();
    double seconds = before;
    for (PartResult part : parts) {
      seconds += part.seconds();
      if (!part.isFailed()) {
        loss.addValue(part.loss());
        accuracy.addValue(part.accuracy());
      }
    }
    String failure =
        parts.stream().map(PartResult::failure).filter(Objects::nonNull).findFirst().orElse(null);
    int epochs = parts.stream().mapToInt(PartResult::epochs).max().orElse(0);
    boolean failed = failure != null;
    boolean spread = !failed && parts.size() > 1;
    return new TrialResult(
        trial,
        values,
        epochs,
        failed ? null : Double.valueOf(loss.getMean()),
        spread ? loss.getStandardDeviation() : null,
        failed ? null : Double.valueOf(accuracy.getMean()),
        spread ? accuracy.getStandardDeviation() : null,
        seconds,
        failure);
  }

  /** One of which no training was possible. */
  public static TrialResult failed(int trial, Map<String, JsonNode> values, String failure) {
    return new TrialResult(trial, values, 0, null, null, null, null, 0, failure);
  }

  /**
   * The better ones first: those that came to a later rung, of these by what makes a checkpoint the
   * best, of equal ones the lower number. Failed ones come last.
   */
  public static Comparator<TrialResult> order(CheckpointOptions.Best by) {
    Comparator<TrialResult> byLoss = Comparator.comparing(TrialResult::loss);
    Comparator<TrialResult> byFigure =
        switch (by) {
          case LOSS -> byLoss;
          case ACCURACY ->
              Comparator.comparing(TrialResult::accuracy).reversed().thenComparing(byLoss);
        };
    return Comparator.comparing((TrialResult result) -> result.failure() != null)
        .thenComparing(result -> -result.epochs())
        .thenComparing((one, other) -> one.failure() == null ? byFigure.compare(one, other) : 0)
        .thenComparing(TrialResult::trial);
  }
}
