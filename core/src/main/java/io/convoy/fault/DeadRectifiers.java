package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.health.DeadUnits;
import io.convoy.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rectifiers of which many channels are zero for all images that were looked at. */
public final class DeadRectifiers implements FaultDetector {
  /** What to do about them. */
  public static final String ADVICE =
      "channels that give zero for all samples learn nothing: a lower rate, another"
          + " initialisation, batch norm, or leaky rectifiers help";

  /** Of rectifiers' channels: "as much as 40 %" of a network die at too high a rate (CS231n). */
  private static final double MOST = 0.4;

  private static final int NAMED = 3;

  /** Whether so large a share of a rectifier's channels is too much. */
  public static boolean isMany(double share) {
    return share > MOST;
  }

  @Override
  public String name() {
    return "dead rectifiers";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return evidence.deadShares().isEmpty()
            && !new DeadUnits(evidence.recipe().network()).rectifiers().isEmpty()
        ? Optional.of("neither metrics nor a checkpoint tell of rectifiers")
        : Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    Map<String, Double> shares = evidence.deadShares();
    List<Map.Entry<String, Double>> many =
        shares.entrySet().stream()
            .filter(layer -> isMany(layer.getValue()))
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    if (many.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode figures = Json.object();
    ObjectNode layers = figures.putObject("layers");
    shares.forEach(layers::put);
    List<String> named =
        many.stream()
            .limit(NAMED)
            .map(
                layer ->
                    String.format(
                        Locale.ROOT, "'%s' %.0f %%", layer.getKey(), 100 * layer.getValue()))
            .toList();
    return Optional.of(
        new FaultFinding(
            name(),
            "%s of %s rectifiers have more than 40 %% of channels that are zero for all images: %s"
                .formatted(many.size(), shares.size(), String.join(", ", named)),
            "no gradient comes through a channel that is always zero, so it stays as it is",
            ADVICE,
            figures));
  }
}
