package io.convoy.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.fault.UpdateSizes;
import io.convoy.health.UpdateRatio;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How large the updates of each layer's weights are beside these: the median {@link UpdateRatio}
 * over some steps at the recipe's highest rate, after as many steps in which the rate rises to it;
 * or the largest, where an update was larger than the weights. Far less than usual learns slowly,
 * far more forgets what was learnt.
 */
final class UpdateRatios {
  static final String NAME = "update ratios";

  private static final int STEPS = 20;

  private UpdateRatios() {}

  static CheckFinding check(Bench bench) {
    List<StateLayout.Entry> weights = weights(bench.recipe());
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    weights.forEach(entry -> ratios.put(entry.name(), new ArrayList<>()));
    int steps = 0;
    try (Trial trial = bench.trial(bench.recipe(), bench.images(), 2 * STEPS)) {
      while (steps < 2 * STEPS && (steps <= 1 || !bench.budget().isSpent())) {
        bench.listener().at(steps, 2 * STEPS);
        float[] before = trial.weights().clone();
        trial.step(Math.min(1, (steps + 1.0) / STEPS));
        for (StateLayout.Entry entry : weights) {
          int end = entry.offset() + entry.length();
          UpdateRatio update = UpdateRatio.of(before, trial.weights(), entry.offset(), end);
          ratios.get(entry.name()).add(update.ratio());
        }
        steps++;
      }
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DIVERGED) {
        throw e;
      }
      return diverged(steps, bench.rate());
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    ratios.forEach((name, all) -> medians.put(name, typical(all)));
    return finding(medians, bench.rate()).shortenedTo(steps, 2 * STEPS, "steps");
  }

  /** Weights that are trained from the first step on. */
  private static List<StateLayout.Entry> weights(Recipe recipe) {
    FineTuning tuning = recipe.fineTuning();
    return UpdateRatio.weights(recipe).stream()
        .filter(entry -> tuning == null || tuning.frozenEpochs(entry.name()) == 0)
        .toList();
  }

  /**
   * The median of the second half, at the full rate, or of what there is where that was not
   * reached; the largest where one is too large by itself.
   */
  private static double typical(List<Double> all) {
    double largest = all.stream().mapToDouble(ratio -> ratio).max().orElseThrow();
    if (UpdateSizes.isEnormous(largest)) {
      return largest;
    }
    List<Double> sorted =
        all.subList(Math.min(STEPS, all.size() / 2), all.size()).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static CheckFinding finding(Map<String, Double> medians, double rate) {
    ObjectNode figures = Json.object().put("rate", rate);
    ObjectNode layers = figures.putObject("layers");
    // a ratio to weights that are zero is no number of JSON
    medians.forEach((name, ratio) -> layers.put(name, Math.min(ratio, Double.MAX_VALUE)));
    List<Double> sorted = medians.values().stream().sorted().toList();
    if (sorted.isEmpty()) {
      return CheckFinding.of(NAME, true, "no weights are trained", "nothing to look at", figures);
    }
    long low = sorted.stream().filter(UpdateSizes::isLow).count();
    long high = sorted.stream().filter(UpdateSizes::isHigh).count();
    String found =
        String.format(
            Locale.ROOT,
            "%.1e to %.1e, median %.1e, at rate %s; of %s layers %s below %.0e, %s above %.1f",
            sorted.get(0),
            sorted.get(sorted.size() - 1),
            sorted.get(sorted.size() / 2),
            Rates.text(rate),
            sorted.size(),
            low,
            UpdateSizes.LEAST,
            high,
            UpdateSizes.MOST);
    return CheckFinding.of(NAME, low + high == 0, found, UpdateSizes.advice(low, high), figures);
  }

  private static CheckFinding diverged(int steps, double rate) {
    return CheckFinding.of(
        NAME,
        false,
        "the training diverged after %s steps at rate %s".formatted(steps, Rates.text(rate)),
        "lower the rate; the range test below suggests one",
        Json.object().put("rate", rate).put("divergedAfter", steps));
  }
}
