package io.convoy.notation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes the layers of a chain, with what the notation leaves out left out. */
final class ChainWriter {
  private ChainWriter() {}

  static String write(Network network) {
    List<String> terms = new ArrayList<>();
    List<Node> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (!isLeftOut(nodes, i)) {
        Node node = nodes.get(i);
        terms.add(term(node.layer(), node.inputShapes().get(0)));
      }
    }
    List<String> chain = new ArrayList<>(Repeats.fold(terms));
    String extents =
        Arrays.stream(network.inputShape().toArray())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    chain.add(0, LayerForm.INPUT + "(" + extents + ")");
    return String.join(Repeats.ARROW, chain);
  }

  /** A dense layer makes a vector of an image by itself. */
  private static boolean isLeftOut(List<Node> nodes, int i) {
    return nodes.get(i).layer() instanceof Flatten
        && i + 1 < nodes.size()
        && nodes.get(i + 1).layer() instanceof Linear;
  }

  private static String term(Layer layer, Shape input) {
    ObjectNode options = (ObjectNode) Json.tree(layer);
    LayerForm form = LayerForm.ofType(options.remove("type").textValue());
    if (layer instanceof Conv2d convolution && isDepthwise(convolution, input)) {
      form = LayerForm.named(LayerForm.DEPTHWISE);
      options.remove(List.of("outChannels", "groups"));
      options.put(LayerForm.MULTIPLIER, convolution.outChannels() / input.channels());
    }
    List<String> written = new ArrayList<>();
    for (String key : form.keys()) {
      int place = form.keys().indexOf(key);
      if (place < form.positions() || !isStandard(form, layer, options, key, input)) {
        boolean byPlace = place == written.size() && place <= Math.max(0, form.positions() - 1);
        String text = text(form, key, options.get(key));
        written.add(byPlace ? text : LayerForm.shortKey(key) + "=" + text);
      }
    }
    return written.isEmpty() ? form.name() : form.name() + "(" + String.join(",", written) + ")";
  }

  private static boolean isDepthwise(Conv2d convolution, Shape input) {
    return convolution.groups() > 1 && convolution.groups() == input.channels();
  }

  /** Whether the layer is the same without this key, and takes it from then on without. */
  private static boolean isStandard(
      LayerForm form, Layer layer, ObjectNode options, String key, Shape input) {
    ObjectNode less = options.deepCopy();
    less.remove(key);
    if (!isSame(form, less, layer, input)) {
      return false;
    }
    options.remove(key);
    return true;
  }

  private static boolean isSame(LayerForm form, ObjectNode options, Layer layer, Shape input) {
    try {
      return form.layer(options, input.channels()).equals(layer);
    } catch (ConvoyException e) {
      return false; // a key that every such layer has
    }
  }

  private static String text(LayerForm form, String key, JsonNode value) {
    if (value.isObject()) {
      return value.get("type").textValue() + typed(value);
    }
    if (value.isArray()) {
      boolean list = form.isList(key);
      String elements =
          StreamSupport.stream(value.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(list ? "," : "x"));
      return list ? "[" + elements + "]" : elements;
    }
    boolean square = key.equals("kernel") && form.type().equals("conv2d");
    return square ? value.asText() + "x" + value.asText() : value.asText();
  }

  private static String typed(JsonNode value) {
    List<String> arguments = new ArrayList<>();
    value
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals("type")) {
                String name = arguments.isEmpty() ? "" : field.getKey() + "=";
                arguments.add(name + field.getValue().asText());
              }
            });
    return "(" + String.join(",", arguments) + ")";
  }
}
