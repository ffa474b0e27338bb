package io.convoy.fault;

import io.convoy.json.Json;
import java.util.Optional;

/** Equal training images with different labels. */
public final class ContradictingLabels implements FaultDetector {
  /** Of the training images. */
  private static final double MOST = 0.001;

  @Override
  public String name() {
    return "contradicting labels";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return DataFacts.missing(evidence);
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    DataFacts data = evidence.data();
    if (data == null || data.contradicting().share() < MOST) {
      return Optional.empty();
    }
    DataFacts.Pairs pairs = data.contradicting();
    return Optional.of(
        new FaultFinding(
            name(),
            words(pairs),
            "no network can be right on both, and what it learns of one it forgets of the other",
            "keep one of them, with the right label; where an image shows several things, train"
                + " with several labels (data.labelDelimiter)",
            Json.object().put("images", pairs.equal())));
  }

  /** Fewer than that, in words; empty where there are none, or more. */
  static Optional<String> fewIn(DataFacts.Pairs pairs) {
    return pairs.equal() > 0 && pairs.share() < MOST ? Optional.of(words(pairs)) : Optional.empty();
  }

  private static String words(DataFacts.Pairs pairs) {
    return "%s of %s training images are equal to one with another label: %s"
        .formatted(Figures.count(pairs.equal()), Figures.count(pairs.images()), pairs.named());
  }
}
