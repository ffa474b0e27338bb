package io.convoy.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.json.JsonErrors;
import io.convoy.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Networks as JSON. A layer is an object with its options, a {@code type}, and, where they are not
 * the obvious ones, a {@code name} and the names of its {@code inputs} (else it follows the layer
 * before it).
 */
final class NetworkJson {
  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{0,200}");

  private NetworkJson() {}

  static Network read(JsonNode json) {
    onlyKeys(json, Set.of("input", "layers", "outputs", "auxiliary"), "network");
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
    if (json.has("auxiliary")) {
      addAuxiliary(builder, json.get("auxiliary"));
    }
    return builder.build();
  }

  private static List<String> outputs(JsonNode json) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : json) {
      requireText(name, "network.outputs");
      names.add(name.textValue());
    }
    if (!json.isArray() || names.isEmpty()) {
      throw ConvoyException.usage(
          "network.outputs: expected a list of layers' names; got %s", brief(json.toString()));
    }
    return names;
  }

  private static void addAuxiliary(Network.Builder builder, JsonNode json) {
    if (!json.isObject()) {
      throw ConvoyException.usage(
          "network.auxiliary: expected layers' names with the weights of their losses, such as"
              + " {side: 0.3}; got %s",
          brief(json.toString()));
    }
    json.fields()
        .forEachRemaining(
            output -> {
              if (!output.getValue().isNumber()) {
                throw ConvoyException.usage(
                    "network.auxiliary.%s: expected a number, the weight of its loss; got %s",
                    output.getKey(), JsonErrors.describe(output.getValue()));
              }
              builder.auxiliary(output.getKey(), output.getValue().doubleValue());
            });
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
    JsonNode name = removed(options, "name");
    JsonNode inputs = removed(options, "inputs");
    requireText(name, place + ".name");
    Layer layer =
        Json.value(options, Layer.class, name == null ? place : place + " '" + name.asText() + "'");
    if (inputs != null) {
      if (name == null || !inputs.isArray()) {
        throw ConvoyException.usage(
            "%s: a layer with inputs needs a name, and inputs is a list of names", place);
      }
      List<String> names = new ArrayList<>();
      for (JsonNode input : inputs) {
        requireText(input, place + ".inputs");
        names.add(input.textValue());
      }
      builder.join(name.asText(), layer, names.toArray(String[]::new));
    } else if (name != null) {
      builder.then(name.asText(), layer);
    } else {
      builder.then(layer);
    }
  }

  /** A key that does not belong to the layer's own; null where it has no value. */
  private static JsonNode removed(ObjectNode options, String key) {
    JsonNode value = options.remove(key);
    return value == null || value.isNull() ? null : value;
  }

  private static void requireText(JsonNode name, String place) {
    if (name != null && !name.isTextual()) {
      throw ConvoyException.usage(
          "%s: expected text; got %s: put it in quotes", place, JsonErrors.describe(name));
    }
    if (name != null && !NAME.matcher(name.textValue()).matches()) {
      throw ConvoyException.usage(
          "%s: a name is one line of at most 200 characters; got %s",
          place, brief(name.toString()));
    }
  }

  static JsonNode write(Network network) {
    ObjectNode json = Json.object();
    ArrayNode input = json.putArray("input");
    for (int extent : network.inputShape().toArray()) {
      input.add(extent);
    }
    ArrayNode layers = json.putArray("layers");
    String last = Network.INPUT;
    for (Node node : network.nodes()) {
      ObjectNode layer = layers.addObject();
      layer.put("name", node.name());
      layer.setAll((ObjectNode) Json.tree(node.layer()));
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
    if (!network.auxiliary().isEmpty()) {
      ObjectNode auxiliary = json.putObject("auxiliary");
      network.auxiliary().forEach(one -> auxiliary.put(one.node().name(), one.weight()));
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
