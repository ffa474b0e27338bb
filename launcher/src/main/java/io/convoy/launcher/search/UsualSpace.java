package io.convoy.launcher.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.launcher.recipe.RangeOption;
import io.convoy.search.NumberRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is searched of a recipe where its user names no range: of the keys that it has, those which
 * matter most and cost nothing. Rates and penalties go from a tenth of the recipe's own to ten
 * times that, on a logarithmic scale; shares that are dropped from 0 to 0.7; smoothing of labels
 * from 0 to 0.2.
 */
final class UsualSpace {
  private static final List<String> DECADES =
      List.of("schedule.rate", "optimizer.weightDecay", "regularization.l1", "regularization.l2");

  private static final Set<String> DROPPING =
      Set.of("dropout", "spatialDropout", "stochasticDepth");
  private static final double MOST_DROPPED = 0.7;
  private static final double MOST_SMOOTHED = 0.2;

  /** A network with more of them drops by a rule, not by layers. */
  private static final int MOST_LAYERS = 3;

  private UsualSpace() {}

  /** The ranges for a recipe's tree, in which a network of the zoo is still a name. */
  static List<RangeOption> of(ObjectNode recipe) {
    List<RangeOption> ranges = new ArrayList<>();
    for (String key : DECADES) {
      JsonNode own = recipe.at("/" + key.replace('.', '/'));
      if (own.doubleValue() > 0) {
        ranges.add(
            range(key, rounded(own.doubleValue() / 10), rounded(own.doubleValue() * 10), true));
      }
    }
    List<String> dropping = dropping(recipe.path("network"));
    if (dropping.size() <= MOST_LAYERS) {
      dropping.forEach(key -> ranges.add(range(key, 0, MOST_DROPPED, false)));
    }
    if (recipe.at("/loss/labelSmoothing").isNumber()) {
      ranges.add(range("loss.labelSmoothing", 0, MOST_SMOOTHED, false));
    }
    return ranges;
  }

  private static List<String> dropping(JsonNode network) {
    List<String> keys = new ArrayList<>();
    if (network.path("dropout").isNumber()) {
      keys.add("network.dropout");
    }
    JsonNode layers = network.path("layers");
    for (int i = 0; i < layers.size(); i++) {
      if (DROPPING.contains(layers.get(i).path("type").asText())) {
        keys.add("network.layers.%s.rate".formatted(i));
      }
    }
    return keys;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(2)).doubleValue();
  }

  private static RangeOption range(String key, double low, double high, boolean log) {
    return RangeOption.of(new NumberRange(key, low, high, log, false));
  }
}
