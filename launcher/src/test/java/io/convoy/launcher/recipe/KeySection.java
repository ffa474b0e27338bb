package io.convoy.launcher.recipe;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.convoy.json.Families;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mapping in a recipe, or one type of it.
 *
 * @param path from the top, as {@link RecipePath} writes it
 * @param record that holds its keys
 * @param base what it is read as: the record, or the interface whose types it is one of
 * @param least the least that it can be written with; more than one where there is a choice
 */
record KeySection(String path, Class<?> record, Class<?> base, List<ObjectNode> least) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(new SimpleModule().addSerializer(new ShapeSerializer()))
          .build();

  /** As recipes have shapes; elsewhere none is written. */
  private static final class ShapeSerializer extends StdSerializer<Shape> {
    ShapeSerializer() {
      super(Shape.class);
    }

    @Override
    public void serialize(Shape shape, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      int[] extents = shape.toArray();
      json.writeArray(extents, 0, extents.length);
    }
  }

  /** What is told of a key. */
  record Key(String type, String standard) {}

  Map<String, RecordComponent> components() {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : Families.keys(record)) {
      components.put(component.getName(), component);
    }
    return components;
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A default that is the value of another key is told by that key's name. */
  Key describe(String key) {
    Optional<JsonNode> standard = standardOf(key);
    Optional<String> other =
        leastFor(key).properties().stream()
            .filter(entry -> entry.getValue().isArray())
            .filter(entry -> standard.filter(entry.getValue()::equals).isPresent())
            .map(Map.Entry::getKey)
            .findFirst();
    return new Key(typeOf(key), other.orElseGet(() -> KeyList.words(standard)));
  }

  /** The type that this is, of what has types. */
  String type() {
    return path.substring(path.lastIndexOf('[') + 1, path.length() - 1);
  }

  /** What an object becomes: all keys, with their defaults. */
  JsonNode read(JsonNode object) throws JsonProcessingException {
    return tree(MAPPER.treeToValue(object, base));
  }

  /** What an object that is known to be right describes. */
  Object value(JsonNode object) {
    try {
      return MAPPER.treeToValue(object, base);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The least that has a key already, where one has it. */
  ObjectNode leastWith(String key) {
    return least.stream().filter(node -> node.has(key)).findFirst().orElse(least.get(0)).deepCopy();
  }

  /** The least without a key, or with it where it cannot be left out. */
  ObjectNode leastFor(String key) {
    return least.stream()
        .filter(node -> !node.has(key))
        .findFirst()
        .orElse(least.get(0))
        .deepCopy();
  }

  /** What a key is where it is left out; nothing where it cannot be. */
  Optional<JsonNode> standardOf(String key) {
    ObjectNode object = leastFor(key);
    boolean needed = object.remove(key) != null;
    try {
      JsonNode standard = valueOf(key, MAPPER.treeToValue(object, base));
      if (needed) {
        throw new AssertionError(pathOf(key) + " can be left out, so it is no part of the least");
      }
      // what few recipes have is written only where they have it
      return Optional.of(standard.isMissingNode() ? NullNode.getInstance() : standard);
    } catch (JsonProcessingException e) {
      if (needed) {
        return Optional.empty();
      }
      throw new AssertionError(path + " cannot be read as " + object, e);
    }
  }

  /** A key's value, whether it is written or, since it is the default, left out. */
  private JsonNode valueOf(String key, Object object) {
    JsonNode written = tree(object).get(key);
    try {
      return written != null ? written : tree(components().get(key).getAccessor().invoke(object));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(pathOf(key), e);
    }
  }

  String typeOf(String key) {
    RecordComponent component = components().get(key);
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return oneOf(List.of(type.getEnumConstants()));
    }
    if (Families.isOfNames(type)) {
      return oneOf(Families.values(type));
    }
    if (type == Network.class) {
      return "mapping or type";
    }
    Optional<Class<?>> names = names(type);
    if (names.isPresent()) {
      return "mapping or " + oneOf(List.of(names.get().getEnumConstants()));
    }
    if ((type.isRecord() && !RecipeKeys.isScalar(type)) || isTyped(type)) {
      return "mapping";
    }
    return switch (component.getGenericType().getTypeName()) {
      case "java.lang.String" -> "text";
      case "int", "long", "java.lang.Integer", "java.lang.Long" -> "whole number";
      case "float", "double", "java.lang.Float", "java.lang.Double" -> "number";
      case "boolean", "java.lang.Boolean" -> "true or false";
      case "float[]", "java.util.List<java.lang.Double>", "io.convoy.tensor.Shape" ->
          "list of numbers";
      case "java.util.List<java.lang.Integer>" -> "list of whole numbers";
      case "java.util.List<io.convoy.data.transform.Transform>" -> "list of steps";
      case "java.util.List<io.convoy.recipe.Freeze>" -> "list of patterns or mappings";
      case "java.util.List<io.convoy.recipe.RateFactor>" -> "list of mappings";
      case "java.util.List<java.lang.String>" -> "list of names";
      case "io.convoy.operation.Extent" -> "size";
      case "io.convoy.data.examine.DamageLimit" -> "share or number";
      case "io.convoy.operation.Padding" -> "same, valid or size";
      case "io.convoy.loss.ClassWeights" -> "balanced or list of numbers";
      default -> throw new AssertionError("no words for the type of " + component);
    };
  }

  private static String oneOf(List<?> values) {
    return "one of "
        + values.stream().map(value -> tree(value).textValue()).collect(Collectors.joining(", "));
  }

  /** Those of an alternative's values that are names alone. */
  private static Optional<Class<?>> names(Class<?> type) {
    return Optional.ofNullable(type.getPermittedSubclasses()).stream()
        .flatMap(Arrays::stream)
        .filter(Class::isEnum)
        .findFirst();
  }

  private static boolean isTyped(Class<?> type) {
    return type.isSealed();
  }

  private static JsonNode tree(Object value) {
    try {
      return MAPPER.readTree(MAPPER.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
