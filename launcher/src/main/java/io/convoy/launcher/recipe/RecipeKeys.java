package io.convoy.launcher.recipe;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.json.JsonErrors;
import io.convoy.layer.Layer;
import io.convoy.notation.Notation;
import io.convoy.recipe.Recipe;
import io.convoy.zoo.Architecture;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that a recipe may have: the components of its records. They are checked before anything
 * is built, since a record that lacks what was mistyped complains of the lack.
 */
final class RecipeKeys {
  private static final String NOTATION = "notation";

  /** Of a network that is given by its layers, or in notation. */
  static final Set<String> OF_NETWORKS =
      Set.of("input", "layers", "outputs", "auxiliary", NOTATION, "values", RecipeReader.WEIGHTS);

  /** Of a node in the network's graph, whatever its layer. */
  static final Set<String> OF_NODES = Set.of("name", "inputs");

  private final RetiredKeys retired;

  RecipeKeys(RetiredKeys retired) {
    this.retired = retired;
  }

  /**
   * Refuses keys that nobody knows.
   *
   * @throws ConvoyException of kind USAGE that names the key, its place and the nearest known one,
   *     or what replaced it
   */
  void check(JsonNode recipe) {
    check(Recipe.class, recipe, RecipePath.TOP, "", Set.of());
    JsonNode network = recipe.path("network");
    RecipePath path = RecipePath.TOP.key("network");
    if (isNotation(network)) {
      check(Notation.class, network, path, "network", Set.of(RecipeReader.WEIGHTS));
      return;
    }
    if (isOfTheZoo(network)) {
      retired.refuseType("network", path, network.asText());
      check(Architecture.class, network, path, "network", Set.of(RecipeReader.WEIGHTS));
      return;
    }
    requireKnown(network, path, "network", OF_NETWORKS, OF_NETWORKS);
    int index = 0;
    for (JsonNode layer : network.path("layers")) {
      String name = layer.path("name").isTextual() ? " '" + layer.get("name").asText() + "'" : "";
      String place = "network.layers[%s]%s".formatted(index++, name);
      check(Layer.class, layer, path.key("layers"), place, OF_NODES);
    }
  }

  /** Whether a recipe's key holds a mapping of keys, which may be left out as a whole. */
  static boolean isMapping(String key) {
    return Arrays.stream(Recipe.class.getRecordComponents())
        .filter(component -> component.getName().equals(key))
        .map(RecordComponent::getType)
        .anyMatch(type -> type.isRecord() || type.isSealed());
  }

  /** Whether a network is given in notation, alone or with values. */
  static boolean isNotation(JsonNode network) {
    return network.has(NOTATION)
        || (network.isTextual() && Notation.isNotation(network.textValue()));
  }

  /** Whether a network is given by the name of an architecture, alone or with options. */
  static boolean isOfTheZoo(JsonNode network) {
    return network.isTextual() || network.has("type");
  }

  private void check(
      Class<?> type, JsonNode node, RecipePath path, String place, Set<String> further) {
    Optional<Class<?>> record = recordOf(type, node);
    if (!node.isObject() || isScalar(type)) {
      return;
    }
    if (record.isEmpty()) {
      retired.refuseType(place, path, node.path("type").asText());
      return;
    }
    boolean typed = record.get() != type;
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : Families.keys(record.get())) {
      components.put(component.getName(), component);
    }
    Set<String> named = new TreeSet<>(components.keySet());
    named.addAll(further);
    Set<String> known = new TreeSet<>(named);
    if (typed) {
      known.add("type");
    }
    RecipePath owner = typed ? path.at(node) : path;
    requireKnown(node, owner, place, known, named);
    components.forEach(
        (key, component) ->
            check(
                component,
                node.path(key),
                owner.key(key),
                place.isEmpty() ? key : place + "." + key));
  }

  /** Whether a type is a record that is no mapping in a recipe, but a number, a name or a list. */
  static boolean isScalar(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getDeclaredMethods())
            .anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
  }

  /** The value of a key: a mapping, or a list of them. */
  private void check(RecordComponent component, JsonNode node, RecipePath path, String place) {
    Optional<Class<?>> element = elementOf(component);
    if (element.isEmpty()) {
      check(component.getType(), node, path, place, Set.of());
      return;
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      check(element.get(), node.get(i), path, place + "[" + i + "]", Set.of());
    }
  }

  /** What a component that is a list holds. */
  static Optional<Class<?>> elementOf(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType list
            && component.getType() == List.class
            && list.getActualTypeArguments()[0] instanceof Class<?> element
        ? Optional.of(element)
        : Optional.empty();
  }

  /**
   * Refuses the first key that is none of those known.
   *
   * @param named the keys that the message names
   */
  private void requireKnown(
      JsonNode node, RecipePath owner, String place, Set<String> known, Set<String> named) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                retired.refuse(place, owner, key);
                throw JsonErrors.unknownKey(place, key, named);
              }
            });
  }

  /**
   * The record that an object describes: the type itself, or the one that its {@code type} names,
   * or the one that goes without a {@code type}.
   */
  private static Optional<Class<?>> recordOf(Class<?> type, JsonNode node) {
    if (type.isRecord()) {
      return Optional.of(type);
    }
    return node.has("type")
        ? Optional.ofNullable(Families.members(type).get(node.path("type").asText()))
        : Families.standard(type);
  }
}
