package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import io.convoy.recipe.FineTuning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Layers whose updates explode or vanish beside their weights, |w' - w| / |w|: about 1e-3 is usual;
 * far less learns slowly, far more forgets what was learnt.
 */
public final class UpdateSizes implements FaultDetector {
  /** The least that is in order. */
  public static final double LEAST = 1e-5;

  /** The most that is in order. */
  public static final double MOST = 0.1;

  /**
   * What a single update may be at most: after larger ones, weights may be so large as to hide it.
   */
  private static final double MOST_ONCE = 1;

  private static final int NAMED = 3;

  /** Whether a layer hardly moves. */
  public static boolean isLow(double ratio) {
    return ratio < LEAST;
  }

  /** Whether updates are large beside the weights. */
  public static boolean isHigh(double ratio) {
    return ratio > MOST;
  }

  /** Whether a ratio is worth a look. */
  public static boolean isOdd(double ratio) {
    return isLow(ratio) || isHigh(ratio);
  }

  /** Whether a single such update is worth a look, whatever the others are. */
  public static boolean isEnormous(double ratio) {
    return ratio > MOST_ONCE;
  }

  /**
   * What to do.
   *
   * @param low layers that hardly move
   * @param high layers whose updates are large
   */
  public static String advice(long low, long high) {
    if (high > 0) {
      return "updates are large beside the weights: lower the rate, or start from larger weights";
    }
    return low > 0
        ? "some layers hardly move: raise the rate, or look for dead rectifiers before them"
        : "about 1e-3 is usual, 1e-2 common before a batch norm";
  }

  static String text(double ratio) {
    return String.format(Locale.ROOT, "%.1e", ratio);
  }

  @Override
  public String name() {
    return "update sizes";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return evidence.updateRatios().isEmpty()
        ? Optional.of("the metrics tell of no layer twice at the full rate")
        : Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    Map<String, Double> trained = new LinkedHashMap<>();
    evidence
        .updateRatios()
        .forEach(
            (name, ratio) -> {
              if (isHigh(ratio) || isTrained(evidence.recipe().fineTuning(), name)) {
                trained.put(name, ratio);
              }
            });
    List<String> high = named(trained, true);
    List<String> low = named(trained, false);
    if (high.isEmpty() && low.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode figures = Json.object();
    ObjectNode layers = figures.putObject("layers");
    trained.forEach(layers::put);
    List<String> told = high.isEmpty() ? low : high;
    String more = told.size() > NAMED ? " and %s more".formatted(told.size() - NAMED) : "";
    return Optional.of(
        new FaultFinding(
            name(),
            "updates %s in %s of %s layers, beside the weights: %s%s"
                .formatted(
                    high.isEmpty() ? "vanish" : "explode",
                    told.size(),
                    trained.size(),
                    String.join(", ", told.subList(0, Math.min(NAMED, told.size()))),
                    more),
            high.isEmpty()
                ? "these layers stay as they were drawn, while others learn"
                : "each update replaces what these layers had learnt",
            advice(low.size(), high.size()),
            figures));
  }

  /** Layers that are frozen do not move, and should not. */
  private static boolean isTrained(FineTuning tuning, String name) {
    return tuning == null
        || (tuning.frozenEpochs(name) == 0 && tuning.frozenEpochs(name + ".weight") == 0);
  }

  private static List<String> named(Map<String, Double> ratios, boolean high) {
    return ratios.entrySet().stream()
        .filter(layer -> high ? isHigh(layer.getValue()) : isLow(layer.getValue()))
        .map(layer -> "'%s' %s".formatted(layer.getKey(), text(layer.getValue())))
        .toList();
  }
}
