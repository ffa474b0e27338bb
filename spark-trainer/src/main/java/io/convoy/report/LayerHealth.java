package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** How layers fared when it was last looked at: update ratios and dead shares. */
final class LayerHealth {
  private final Map<String, JsonNode> last = new LinkedHashMap<>();
  private long step;

  /** Adds a line of the metrics, of whatever kind. */
  void add(JsonNode line) {
    if (!line.has("health")) {
      return;
    }
    step = line.path("step").asLong();
    for (JsonNode layer : line.path("health").path("layers")) {
      last.put(layer.path("name").asText(""), layer);
    }
  }

  /** {@code {step, layers: [{name, updateRatio or deadShare}, …]}}. */
  ObjectNode json() {
    ObjectNode object = Json.object().put("step", step);
    ArrayNode layers = object.putArray("layers");
    last.values().forEach(layers::add);
    return object;
  }
}
