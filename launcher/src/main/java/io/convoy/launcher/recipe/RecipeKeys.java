package io.convoy.launcher.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.error.JsonErrors;
import io.convoy.layer.Layer;
import io.convoy.train.Recipe;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that a recipe may have: the components of its records. They are checked before anything
 * is built, since a record that lacks what was mistyped complains of the lack.
 */
final class RecipeKeys {
  /** Of a node in the network's graph, whatever its layer. */
  private static final Set<String> OF_NODES = Set.of("name", "inputs");

  private RecipeKeys() {}

  /**
   * Refuses keys that nobody knows.
   *
   * @throws ConvoyException of kind USAGE that names the key, its place and the nearest known one
   */
  static void check(JsonNode recipe) {
    check(Recipe.class, recipe, "", Set.of());
    int index = 0;
    for (JsonNode layer : recipe.path("network").path("layers")) {
      String name = layer.path("name").isTextual() ? " '" + layer.get("name").asText() + "'" : "";
      check(Layer.class, layer, "network.layers[%d]%s".formatted(index++, name), OF_NODES);
    }
  }

  private static void check(Class<?> type, JsonNode node, String place, Set<String> further) {
    Optional<Class<?>> record = recordOf(type, node);
    if (!node.isObject() || record.isEmpty()) {
      return;
    }
    Map<String, Class<?>> known = new LinkedHashMap<>();
    for (RecordComponent component : record.get().getRecordComponents()) {
      known.put(component.getName(), component.getType());
    }
    boolean typed = record.get() != type;
    node.fieldNames()
        .forEachRemaining(
            key -> {
              boolean expected =
                  known.containsKey(key) || further.contains(key) || (typed && key.equals("type"));
              if (!expected) {
                Set<String> all = new TreeSet<>(known.keySet());
                all.addAll(further);
                throw JsonErrors.unknownKey(place, key, all);
              }
            });
    known.forEach(
        (key, inner) ->
            check(inner, node.path(key), place.isEmpty() ? key : place + "." + key, Set.of()));
  }

  /**
   * The record that an object describes: the type itself, or the one that its {@code type} names.
   */
  private static Optional<Class<?>> recordOf(Class<?> type, JsonNode node) {
    if (type.isRecord()) {
      return Optional.of(type);
    }
    JsonSubTypes types = type.getAnnotation(JsonSubTypes.class);
    if (types == null) {
      return Optional.empty();
    }
    String name = node.path("type").asText();
    return Arrays.stream(types.value())
        .filter(subtype -> subtype.name().equals(name))
        .<Class<?>>map(JsonSubTypes.Type::value)
        .findFirst();
  }
}
