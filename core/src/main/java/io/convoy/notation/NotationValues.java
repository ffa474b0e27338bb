package io.convoy.notation;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What names in a notation stand for: a value, or a list whose values come one after the other. */
final class NotationValues {
  private final Map<String, JsonNode> values;
  private final Map<String, Integer> taken = new TreeMap<>();

  NotationValues(Map<String, JsonNode> values) {
    this.values = values;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The whole of what stands beside a name; empty where nothing does. */
  Optional<JsonNode> all(String name) {
    Optional<JsonNode> value = Optional.ofNullable(values.get(name));
    value.ifPresent(all -> taken.put(name, all.size()));
    return value;
  }

  /**
   * The value of a name where it stands next; empty where it has none.
   *
   * @throws ConvoyException of kind USAGE when the name's list is at its end
   */
  Optional<JsonNode> next(String name) {
    JsonNode value = values.get(name);
    if (value == null || !value.isArray()) {
      return Optional.ofNullable(value);
    }
    int index = taken.merge(name, 1, Integer::sum) - 1;
    if (index >= value.size()) {
      throw ConvoyException.usage(
          "%s is a list of %d, and the network takes one more: give it as many as it is taken"
              + " times",
          name, value.size());
    }
    return Optional.of(value.get(index));
  }

  /**
   * @throws ConvoyException of kind USAGE when a list is longer than it was taken
   */
  void requireAllTaken() {
    values.forEach(
        (name, value) -> {
          int count = taken.getOrDefault(name, 0);
          if (value.isArray() && count < value.size()) {
            throw ConvoyException.usage(
                "values: %s is a list of %d, and the network takes %d of them: give it as many as"
                    + " it is taken times",
                name, value.size(), count);
          }
        });
  }
}
