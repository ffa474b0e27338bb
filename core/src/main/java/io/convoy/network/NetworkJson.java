package io.convoy.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.error.JsonErrors;
import io.convoy.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Networks as JSON. A layer is an object with its options, a {@code type}, and, where they are not
 * the obvious ones, a {@code name} and the names of its {@code inputs} (else it follows the layer
 * before it).
 */
final class NetworkJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private NetworkJson() {}

  static Network read(JsonNode json) {
    onlyKeys(json, Set.of("input", "layers", "outputs"), "network");
    JsonNode input = json.get("input");
    JsonNode layers = json.get("layers");
    if (input == null || !input.isArray() || layers == null || !layers.isArray()) {
      throw ConvoyException.usage(
          "network: needs input, such as [28, 28, 1], and layers, a list; got %s",
          brief(json.toString()));
    }
    Network.Builder builder = Network.input(extents(input));
    int index = 0;
    for (JsonNode layer : layers) {
      add(builder, layer, index++);
    }
    if (json.has("outputs")) {
      outputs(json.get("outputs")).forEach(builder::output);
    }
    return builder.build();
  }

  private static List<String> outputs(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.forEach(name -> names.add(name.asText()));
    if (!json.isArray() || names.isEmpty()) {
      throw ConvoyException.usage(
          "network.outputs: expected a list of layers' names; got %s", brief(json.toString()));
    }
    return names;
  }

  private static int[] extents(JsonNode input) {
    int[] extents = new int[input.size()];
    for (int i = 0; i < extents.length; i++) {
      if (!input.get(i).isInt()) {
        throw ConvoyException.usage("network.input: expected whole numbers; got %s", input);
      }
      extents[i] = input.get(i).intValue();
    }
    return extents;
  }

  private static void add(Network.Builder builder, JsonNode json, int index) {
    String place = "network.layers[" + index + "]";
    if (!(json instanceof ObjectNode object)) {
      throw ConvoyException.usage(
          "%s: expected a layer such as {type: relu}; got %s", place, brief(json.toString()));
    }
    ObjectNode options = object.deepCopy();
    JsonNode name = options.remove("name");
    JsonNode inputs = options.remove("inputs");
    Layer layer = layer(options, name == null ? place : place + " '" + name.asText() + "'");
    if (inputs != null) {
      if (name == null || !inputs.isArray()) {
        throw ConvoyException.usage(
            "%s: a layer with inputs needs a name, and inputs is a list of names", place);
      }
      List<String> names = new ArrayList<>();
      inputs.forEach(i -> names.add(i.asText()));
      builder.join(name.asText(), layer, names.toArray(String[]::new));
    } else if (name != null) {
      builder.then(name.asText(), layer);
    } else {
      builder.then(layer);
    }
  }

  private static Layer layer(ObjectNode options, String place) {
    try {
      return MAPPER.treeToValue(options, Layer.class);
    } catch (JsonMappingException e) {
      throw JsonErrors.explain(e, place);
    } catch (JsonProcessingException e) {
      throw ConvoyException.usage("%s: %s", place, e.getOriginalMessage());
    }
  }

  static JsonNode write(Network network) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode input = json.putArray("input");
    for (int extent : network.inputShape().toArray()) {
      input.add(extent);
    }
    ArrayNode layers = json.putArray("layers");
    String last = Network.INPUT;
    for (Node node : network.nodes()) {
      ObjectNode layer = layers.addObject();
      layer.put("name", node.name());
      layer.setAll((ObjectNode) MAPPER.valueToTree(node.layer()));
      if (!node.inputs().equals(List.of(last))) {
        ArrayNode inputs = layer.putArray("inputs");
        node.inputs().forEach(inputs::add);
      }
      last = node.name();
    }
    List<String> outputs = network.outputs().stream().map(Node::name).toList();
    if (!outputs.equals(List.of(last))) {
      outputs.forEach(json.putArray("outputs")::add);
    }
    return json;
  }

  private static void onlyKeys(JsonNode json, Set<String> known, String place) {
    json.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw JsonErrors.unknownKey(place, key, known);
              }
            });
  }

  private static String brief(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
