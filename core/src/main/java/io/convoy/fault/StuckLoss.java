package io.convoy.fault;

import io.convoy.json.Json;
import java.util.Optional;

/** The loss stays where a network is that knows nothing, and does not fall. */
public final class StuckLoss implements FaultDetector {
  /** Of the loss of a network that knows nothing. */
  private static final double LEAST = 0.98;

  @Override
  public String name() {
    return "loss stuck";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return Plateau.tooEarly(evidence, LEAST);
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    TrainingCurve curve = evidence.curve();
    boolean stuck =
        Plateau.isAbove(evidence, LEAST)
            && !Plateau.falls(evidence)
            && !ChanceLoss.isFarAbove(curve.recent(), evidence.chance().loss());
    return stuck
        ? Optional.of(
            new FaultFinding(
                name(),
                "mean loss %s over the last %s of %s steps; %s"
                    .formatted(
                        Figures.text(curve.recent()),
                        curve.recentSteps(),
                        curve.steps(),
                        evidence.chance().words()),
                "the network guesses: nothing of the images has reached its outputs",
                "see whether labels belong to their images (convoy preview), whether rectifiers are"
                    + " dead or weights zero, and whether 32 images can be learnt at all (convoy"
                    + " check); then try another rate",
                Json.object()
                    .put("loss", curve.recent())
                    .put("chanceLoss", evidence.chance().loss())))
        : Optional.empty();
  }
}
