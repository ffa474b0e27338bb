package io.convoy.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Figures of layers over a training: how large their updates are, how many units are dead. */
final class LayerHealth {
  /** Ratios that are kept of each layer. */
  private static final int KEPT = 5;

  /** Of one ratio alone, nobody judges, unless it is enormous. */
  private static final int LEAST = 2;

  /** A channel may well be zero for fewer images. */
  private static final int LEAST_IMAGES = 32;

  private final Map<String, Deque<Double>> ratios = new LinkedHashMap<>();
  private final Map<String, Double> dead = new LinkedHashMap<>();

  /**
   * Adds what a step has shown.
   *
   * @param layers as in the metrics: each with its {@code name}, {@code updateRatio} and {@code
   *     deadShare}, of which the latter two may be absent
   * @param settled whether the rate is neither rising nor low: else low ratios mean nothing
   * @param images that rectifiers were looked at with
   */
  void add(JsonNode layers, boolean settled, long images) {
    for (JsonNode layer : layers) {
      String name = layer.path("name").asText("");
      JsonNode ratio = layer.path("updateRatio");
      if (ratio.isNumber() && (settled || !UpdateSizes.isLow(ratio.asDouble()))) {
        Deque<Double> kept = ratios.computeIfAbsent(name, n -> new ArrayDeque<>());
        kept.addLast(ratio.asDouble());
        if (kept.size() > KEPT) {
          kept.removeFirst();
        }
      }
      JsonNode share = layer.path("deadShare");
      if (share.isNumber() && images >= LEAST_IMAGES) {
        dead.put(name, share.asDouble());
      }
    }
  }

  /** What a layer's updates come to by now: the median, or the largest where that is enormous. */
  Map<String, Double> updateRatios() {
    Map<String, Double> typical = new LinkedHashMap<>();
    ratios.forEach((name, kept) -> typical(kept).ifPresent(ratio -> typical.put(name, ratio)));
    return typical;
  }

  private static Optional<Double> typical(Deque<Double> kept) {
    double largest = kept.stream().mapToDouble(ratio -> ratio).max().orElse(0);
    if (UpdateSizes.isEnormous(largest)) {
      return Optional.of(largest);
    }
    return kept.size() < LEAST
        ? Optional.empty()
        : Optional.of(kept.stream().sorted().toList().get(kept.size() / 2));
  }

  /** Shares of channels that are zero, by rectifier, as the last look at them was. */
  Map<String, Double> deadShares() {
    return dead;
  }
}
