package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.convoy.json.Json;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which keys two recipes differ. */
final class RecipeDifferences {
  /** Values are told in so many characters. */
  private static final int LONGEST = 200;

  private RecipeDifferences() {}

  /** {@code [[key, before, now], …]} by key, a missing one as null. */
  static ArrayNode of(JsonNode before, JsonNode now) {
    Map<String, String> first = new TreeMap<>();
    Map<String, String> second = new TreeMap<>();
    flatten("", before, first);
    flatten("", now, second);
    ArrayNode differences = Json.object().putArray("differences");
    TreeSet<String> keys = new TreeSet<>(first.keySet());
    keys.addAll(second.keySet());
    for (String key : keys) {
      if (!Objects.equals(first.get(key), second.get(key))) {
        differences.addArray().add(key).add(cut(first.get(key))).add(cut(second.get(key)));
      }
    }
    return differences;
  }

  /** Lists stay whole, so that a layer more is one difference. */
  private static void flatten(String key, JsonNode node, Map<String, String> into) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(),
                      entry.getValue(),
                      into));
      return;
    }
    into.put(key, node.isTextual() ? node.textValue() : node.toString());
  }

  private static String cut(String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
