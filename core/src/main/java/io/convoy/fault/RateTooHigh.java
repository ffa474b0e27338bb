package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.Optional;

/**
 * The training diverged, or its loss rose: to far more than that of a network that knows nothing,
 * or by a good part of that above what had been reached.
 */
public final class RateTooHigh implements FaultDetector {
  /** In losses of a network that knows nothing. */
  private static final double MOST_RISE = 0.4;

  private static final String MEANING =
      "updates overshoot what they aim at, and throw away what was learnt";
  private static final String ADVICE =
      "lower schedule.rate to a third or a tenth, lengthen its warm-up, or limit the gradient by"
          + " clip.norm; convoy check suggests a rate";

  @Override
  public String name() {
    return "rate too high";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return evidence.curve().highest() == null && evidence.diverged() == null
        ? Optional.of("fewer than %s steps were done".formatted(TrainingCurve.SMOOTHED))
        : Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    TrainingCurve curve = evidence.curve();
    double chance = evidence.chance().loss();
    ObjectNode figures =
        Json.object().put("chanceLoss", chance).put("highestRate", curve.highestRate());
    if (evidence.diverged() != null) {
      return finding("diverged: " + evidence.diverged(), figures);
    }
    TrainingCurve.Mean highest = curve.highest();
    if (highest == null) {
      return Optional.empty();
    }
    if (ChanceLoss.isFarAbove(highest.loss(), chance) && highest.loss() > curve.first()) {
      return finding(
          "mean loss %s over the %s steps up to %s, after %s at first; %s"
              .formatted(
                  Figures.text(highest.loss()),
                  TrainingCurve.SMOOTHED,
                  highest.step(),
                  Figures.text(curve.first()),
                  evidence.chance().words()),
          figures.put("loss", highest.loss()).put("step", highest.step()));
    }
    TrainingCurve.Rise rise = curve.rise();
    if (rise.height() > MOST_RISE * chance) {
      return finding(
          "the mean loss over %s steps was %s at step %s, and %s at step %s"
              .formatted(
                  TrainingCurve.SMOOTHED,
                  Figures.text(rise.from().loss()),
                  rise.from().step(),
                  Figures.text(rise.to().loss()),
                  rise.to().step()),
          figures.put("loss", rise.to().loss()).put("step", rise.to().step()));
    }
    return Optional.empty();
  }

  private Optional<FaultFinding> finding(String found, ObjectNode figures) {
    return Optional.of(new FaultFinding(name(), found, MEANING, ADVICE, figures));
  }
}
