package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What was held back gets worse while training goes on to get better; or is far below it in
 * accuracy.
 */
public final class Overfitting implements FaultDetector {
  /** How far above its least the validation loss is. */
  private static final double MOST_TIMES = 1.2;

  /** How much the training loss has fallen meanwhile. */
  private static final double STILL_FELL = 0.9;

  private static final double MOST_GAP = 0.15;

  @Override
  public String name() {
    return "overfitting";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return withoutHeldBack(evidence);
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    ValidationCurve validated = evidence.validated();
    ValidationCurve.Point lowest = validated.lowest();
    if (lowest != null && hasRisen(validated)) {
      ValidationCurve.Point newest = validated.newest();
      return finding(
          "the validation loss was %s at step %s and is %s at step %s, while that of training went"
                  .formatted(
                      Figures.text(lowest.loss()),
                      lowest.step(),
                      Figures.text(newest.loss()),
                      newest.step())
              + " from %s to %s"
                  .formatted(Figures.text(lowest.trained()), Figures.text(newest.trained())),
          Json.object()
              .put("lowestValidationLoss", lowest.loss())
              .put("lowestStep", lowest.step())
              .put("validationLoss", newest.loss()));
    }
    if (!evidence.curve().pastWarmUp()) {
      return Optional.empty(); // batch norms' running statistics may be far behind
    }
    Accuracy training = evidence.curve().accuracy();
    if (lowest != null && validated.newest().accuracy().isBelow(training, MOST_GAP)) {
      return gap("validation", validated.newest().accuracy(), training);
    }
    return evidence.end() != null && evidence.end().test().isBelow(training, MOST_GAP)
        ? gap("test", evidence.end().test(), training)
        : Optional.empty();
  }

  /** What to say where nothing was evaluated that was held back. */
  static Optional<String> withoutHeldBack(Evidence evidence) {
    return evidence.validated().count() == 0
            && (evidence.end() == null || Double.isNaN(evidence.end().test().value()))
        ? Optional.of("there is no validation, and no result on a test set")
        : Optional.empty();
  }

  private static boolean hasRisen(ValidationCurve validated) {
    List<ValidationCurve.Point> last = validated.last();
    ValidationCurve.Point lowest = validated.lowest();
    double mean = Figures.mean(last.stream().mapToDouble(ValidationCurve.Point::loss).toArray());
    return validated.sinceLowest() >= ValidationCurve.LAST
        && mean > MOST_TIMES * lowest.loss()
        && validated.newest().trained() < STILL_FELL * lowest.trained();
  }

  private Optional<FaultFinding> gap(String set, Accuracy held, Accuracy training) {
    return finding(
        "%s accuracy %s, training accuracy %s"
            .formatted(set, Figures.percent(held.value()), Figures.percent(training.value())),
        Json.object()
            .put(set + "Accuracy", held.value())
            .put("trainingAccuracy", training.value()));
  }

  private Optional<FaultFinding> finding(String found, ObjectNode figures) {
    return Optional.of(
        new FaultFinding(
            name(),
            found,
            "the network learns its training images by heart, and little that holds for others",
            "more images or augmentation, dropout, more weightDecay, a smaller network; or stop"
                + " where validation was best: earlyStopping, checkpoint.keepBest",
            figures));
  }
}
