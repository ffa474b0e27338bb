package io.convoy.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All detectors, in the order in which findings are told. */
public final class FaultDetectors {
  /** Those that need no images, so that they can look while a training runs. */
  public static final List<FaultDetector> WITHOUT_DATA =
      List.of(
          new RateTooHigh(),
          new RateTooLow(),
          new StuckLoss(),
          new DeadRectifiers(),
          new UpdateSizes(),
          new Overfitting(),
          new Underfitting(),
          new LabelsLost(),
          new SmallShards(),
          new PixelRange(),
          new WaitingForData(),
          new SlowExecutor());

  /** Those of the images alone. */
  public static final List<FaultDetector> OF_DATA =
      List.of(new LeakedImages(), new ContradictingLabels(), new Imbalance());

  private FaultDetectors() {}

  private static Stream<FaultDetector> all() {
    return Stream.concat(WITHOUT_DATA.stream(), OF_DATA.stream());
  }

  /** What all of them find. */
  public static List<FaultFinding> look(Evidence evidence) {
    return all().flatMap(detector -> detector.look(evidence).stream()).toList();
  }

  /** Which faults could not be looked for, by their names, and why. */
  public static Map<String, String> blind(Evidence evidence) {
    Map<String, String> reasons = new LinkedHashMap<>();
    all()
        .forEach(
            detector ->
                detector.blind(evidence).ifPresent(reason -> reasons.put(detector.name(), reason)));
    return reasons;
  }
}
