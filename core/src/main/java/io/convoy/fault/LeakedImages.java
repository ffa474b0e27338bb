package io.convoy.fault;

import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images that a network is judged by, and has been trained on, pixel for pixel. */
public final class LeakedImages implements FaultDetector {
  /** Of what a network is judged by. Fewer move no figure that anybody compares. */
  private static final double MOST = 0.001;

  @Override
  public String name() {
    return "leaked images";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return DataFacts.missing(evidence);
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    DataFacts data = evidence.data();
    if (data == null) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    add(found, data.validation(), "of validation");
    add(found, data.test(), "of the test set");
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FaultFinding(
                name(),
                String.join("; ", found),
                "accuracy on what was learnt by heart says nothing of other images",
                "take them out of the training set, and divide sets by what images show, before"
                    + " they are copied, cropped or augmented",
                Json.object()
                    .put("validation", data.validation().equal())
                    .put("test", data.test().equal())));
  }

  private static void add(List<String> found, DataFacts.Pairs leaked, String set) {
    if (leaked.share() >= MOST) {
      found.add(words(leaked, set));
    }
  }

  /** Fewer than that, in words; empty where there are none, or more. */
  static Optional<String> fewIn(DataFacts.Pairs leaked, String set) {
    return leaked.equal() > 0 && leaked.share() < MOST
        ? Optional.of(words(leaked, set))
        : Optional.empty();
  }

  private static String words(DataFacts.Pairs leaked, String set) {
    return "%s of %s images %s are training images: %s"
        .formatted(
            Figures.count(leaked.equal()), Figures.count(leaked.images()), set, leaked.named());
  }
}
