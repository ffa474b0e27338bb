package io.convoy.fault;

import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import java.util.Optional;

/**
 * At its end, a training has learnt some, but little even of what it was trained on; and what was
 * held back is no better.
 */
public final class Underfitting implements FaultDetector {
  /** Of the loss of a network that knows nothing: what is left at the least. */
  private static final double LEAST_LEFT = 0.5;

  /** Where more is left, it has learnt nothing, and other faults say why. */
  private static final double MOST_LEFT = 0.9;

  @Override
  public String name() {
    return "underfitting";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return evidence.end() == null
        ? Optional.of("the training has not come to its end")
        : Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    TrainingCurve curve = evidence.curve();
    double chance = evidence.chance().loss();
    if (evidence.end() == null
        || curve.steps() == 0
        || curve.recent() < LEAST_LEFT * chance
        || curve.recent() >= MOST_LEFT * chance) {
      return Optional.empty();
    }
    double held = heldBack(evidence);
    boolean mixed =
        evidence.recipe().augmentation().mixup() != null
            || evidence.recipe().augmentation().cutmix() != null;
    if (held < LEAST_LEFT * heldBackChance(evidence) || (Double.isNaN(held) && mixed)) {
      return Optional.empty();
    }
    boolean falls = Plateau.falls(evidence);
    return Optional.of(
        new FaultFinding(
            name(),
            "training loss %s at the end%s; %s"
                .formatted(
                    Figures.text(curve.recent()),
                    Double.isNaN(held) ? "" : ", of what was held back " + Figures.text(held),
                    evidence.chance().words()),
            "the network has not learnt even what it was trained on",
            falls
                ? "the loss still fell: train longer, or raise schedule.rate"
                : "a larger network, less augmentation, dropout or weightDecay, another rate; see"
                    + " whether labels are right",
            Json.object()
                .put("loss", curve.recent())
                .put("heldBackLoss", Double.isNaN(held) ? null : (Double) held)
                .put("falls", falls)));
  }

  /** The loss of the last validation, or of the test set; NaN without either. */
  private static double heldBack(Evidence evidence) {
    ValidationCurve.Point newest = evidence.validated().newest();
    return newest == null ? evidence.end().testLoss() : newest.loss();
  }

  /** What is held back is always measured by plain cross-entropy, with several labels binary. */
  private static double heldBackChance(Evidence evidence) {
    Recipe recipe = evidence.recipe();
    int classes = recipe.network().outputShape().channels();
    return StrictMath.log(recipe.loss().takesSeveralLabels() ? 2 : classes);
  }
}
