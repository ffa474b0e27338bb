package io.convoy.fault;

import io.convoy.data.augment.Augmentation;
import io.convoy.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Augmentation that destroys what labels mean: the network is far better on images as they are than
 * on those that it is trained on. Where images are mixed (mixup, cutmix), that is meant.
 */
public final class LabelsLost implements FaultDetector {
  private static final double MOST_GAP = 0.2;

  /** Validations in a row: in the first steps, training is behind by itself. */
  private static final int LEAST = 2;

  @Override
  public String name() {
    return "labels lost";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return isAugmented(evidence) ? Overfitting.withoutHeldBack(evidence) : Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    if (!isAugmented(evidence)) {
      return Optional.empty();
    }
    List<ValidationCurve.Point> last = evidence.validated().last();
    int count = last.size();
    boolean lost =
        count >= LEAST
            && last.subList(count - LEAST, count).stream()
                .allMatch(point -> point.training().isBelow(point.accuracy(), MOST_GAP));
    if (lost) {
      return finding("validation", last.get(count - 1).accuracy(), last.get(count - 1).training());
    }
    Accuracy training = evidence.curve().accuracy();
    return count == 0 && evidence.end() != null && training.isBelow(evidence.end().test(), MOST_GAP)
        ? finding("test", evidence.end().test(), training)
        : Optional.empty();
  }

  /** Whether there is augmentation, and images are not mixed. */
  private static boolean isAugmented(Evidence evidence) {
    Augmentation augmentation = evidence.recipe().augmentation();
    boolean mixed = augmentation.mixup() != null || augmentation.cutmix() != null;
    return !mixed && !augmentation.equals(Augmentation.NONE);
  }

  private Optional<FaultFinding> finding(String set, Accuracy held, Accuracy training) {
    return Optional.of(
        new FaultFinding(
            name(),
            "training accuracy %s, %s accuracy %s"
                .formatted(Figures.percent(training.value()), set, Figures.percent(held.value())),
            "after augmentation, many images no longer show what their label says",
            "look at them by convoy preview; a milder augmentation: larger crops, less erasing, no"
                + " flip where sides matter",
            Json.object()
                .put("trainingAccuracy", training.value())
                .put(set + "Accuracy", held.value())));
  }
}
