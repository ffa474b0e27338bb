package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * The loss falls, but so slowly that most of what a network knows that knows nothing is left; or
 * the updates of most layers are tiny beside the weights.
 */
public final class RateTooLow implements FaultDetector {
  /** Of the loss of a network that knows nothing, what is left. */
  private static final double MOST_LEFT = 0.9;

  @Override
  public String name() {
    return "rate too low";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return Plateau.tooEarly(evidence, MOST_LEFT);
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    TrainingCurve curve = evidence.curve();
    ObjectNode figures = Json.object().put("highestRate", curve.highestRate());
    List<Double> ratios = evidence.updateRatios().values().stream().sorted().toList();
    if (!ratios.isEmpty() && UpdateSizes.isLow(ratios.get(ratios.size() / 2))) {
      double median = ratios.get(ratios.size() / 2);
      return finding(
          "the updates of half of the layers are at most %s of the weights; about 1e-3 is usual"
              .formatted(UpdateSizes.text(median)),
          figures.put("medianUpdateRatio", median));
    }
    if (Plateau.isAbove(evidence, MOST_LEFT) && Plateau.falls(evidence)) {
      return finding(
          "the loss still falls evenly, and is %s after %s steps; %s"
              .formatted(Figures.text(curve.recent()), curve.steps(), evidence.chance().words()),
          figures.put("loss", curve.recent()).put("slope", curve.slope()));
    }
    return Optional.empty();
  }

  private Optional<FaultFinding> finding(String found, ObjectNode figures) {
    return Optional.of(
        new FaultFinding(
            name(),
            found,
            "each step goes the right way, and hardly anywhere",
            "raise schedule.rate by three to ten times; convoy check suggests a rate",
            figures));
  }
}
