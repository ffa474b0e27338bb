package io.convoy.notation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import io.convoy.json.Families;
import io.convoy.json.Json;
import io.convoy.json.JsonErrors;
import io.convoy.layer.Layer;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a type of layer is written. Every type has its own name; some have a shorter one, and
 * arguments that the field leaves out. Arguments are the layer's keys in recipes, in their order.
 *
 * @param name as it is printed
 * @param type in recipes
 * @param defaults of keys that may be left out here, beyond those that recipes leave out
 * @param positions how many of the first arguments are always printed, by their places
 */
record LayerForm(String name, String type, Map<String, JsonNode> defaults, int positions) {
  /** The first layer of all, which is none. */
  static final String INPUT = "INPUT";

  /** A convolution with a group for each channel; how many outputs each has is its multiplier. */
  static final String DEPTHWISE = "DWCONV";

  static final String MULTIPLIER = "multiplier";

  private static final Map<String, Class<?>> RECORDS = Families.members(Layer.class);

  private static final Map<String, JsonNode> OF_CONVOLUTIONS =
      Map.of("kernel", IntNode.valueOf(3), "padding", TextNode.valueOf("same"));

  private static final Map<String, JsonNode> OF_POOLINGS = Map.of("kernel", IntNode.valueOf(2));

  private static final List<LayerForm> SHORT =
      List.of(
          new LayerForm("CONV", "conv2d", OF_CONVOLUTIONS, 2),
          new LayerForm(DEPTHWISE, "conv2d", OF_CONVOLUTIONS, 1),
          new LayerForm("POOL", "maxPool2d", OF_POOLINGS, 1),
          new LayerForm("AVGPOOL", "avgPool2d", OF_POOLINGS, 1),
          new LayerForm("GAP", "globalAvgPool", Map.of(), 0),
          new LayerForm("GMP", "globalMaxPool", Map.of(), 0),
          new LayerForm("BN", "batchNorm2d", Map.of(), 0),
          new LayerForm("DO", "dropout", Map.of(), 1),
          new LayerForm("FC", "linear", Map.of(), 1));

  /** Other words of the field. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("CONVOLUTION", "CONV"),
          Map.entry("DEPTHWISE", DEPTHWISE),
          Map.entry("MAXPOOL", "POOL"),
          Map.entry("AVERAGEPOOL", "AVGPOOL"),
          Map.entry("GLOBALAVERAGEPOOL", "GAP"),
          Map.entry("BATCHNORM", "BN"),
          Map.entry("DENSE", "FC"),
          Map.entry("LRELU", "LEAKYRELU"),
          Map.entry("SWISH", "SILU"),
          Map.entry("HSWISH", "HARDSWISH"),
          Map.entry("HSIGMOID", "HARDSIGMOID"),
          Map.entry("HTANH", "HARDTANH"),
          Map.entry("CLIP", "HARDTANH"),
          Map.entry("DROPPATH", "STOCHASTICDEPTH"));

  /** Shorter names of keys, which are printed. */
  private static final Map<String, String> SHORT_KEYS =
      Map.of("padding", "pad", "initializer", "init");

  private static final Map<String, String> KEY_ALIASES =
      Map.of(
          "filters", "outChannels",
          "channels", "outChannels",
          "units", "outFeatures",
          "features", "outFeatures",
          "pad", "padding",
          "init", "initializer");

  /** Types that read several layers. */
  private static final Set<String> JOINS = Set.of("add", "concat", "multiply");

  private static final Map<String, LayerForm> BY_NAME = byName();

  private static Map<String, LayerForm> byName() {
    Map<String, LayerForm> forms = new TreeMap<>();
    Set<String> types = new TreeSet<>(RECORDS.keySet());
    types.removeAll(JOINS);
    for (String type : types) {
      forms.put(type.toUpperCase(Locale.ROOT), ofType(type));
    }
    SHORT.forEach(form -> forms.put(form.name(), form));
    ALIASES.forEach((alias, name) -> forms.put(alias, forms.get(name)));
    return forms;
  }

  /** How a type is printed; for a convolution, one that is not depthwise. */
  static LayerForm ofType(String type) {
    return SHORT.stream()
        .filter(form -> form.type().equals(type))
        .findFirst()
        .orElseGet(() -> new LayerForm(type.toUpperCase(Locale.ROOT), type, Map.of(), 0));
  }

  /**
   * What a name stands for, whatever its case.
   *
   * @throws ConvoyException of kind USAGE when no layer is called so
   */
  static LayerForm named(String name) {
    LayerForm form = BY_NAME.get(name.toUpperCase(Locale.ROOT));
    if (form != null) {
      return form;
    }
    if (JOINS.contains(name.toLowerCase(Locale.ROOT))) {
      throw ConvoyException.usage(
          "%s joins several layers, and a chain has no branches: give such a network by its layers,"
              + " in a recipe",
          name);
    }
    String question = Nearest.question(name, BY_NAME.keySet());
    throw ConvoyException.usage(
        "there is no layer '%s'%s",
        name,
        question.isEmpty()
            ? "; known: "
                + BY_NAME.values().stream()
                    .map(LayerForm::name)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "))
            : question);
  }

  /** The keys of its arguments, in their order. */
  List<String> keys() {
    List<String> keys =
        Families.keys(RECORDS.get(type)).stream().map(RecordComponent::getName).toList();
    return isDepthwise()
        ? List.of("kernel", "stride", "padding", "dilation", "bias", "initializer", MULTIPLIER)
        : keys;
  }

  boolean isDepthwise() {
    return name.equals(DEPTHWISE);
  }

  /**
   * The key that an argument's name stands for, whatever its case.
   *
   * @throws ConvoyException of kind USAGE when the layer has none such
   */
  String key(String argument) {
    String lower = argument.toLowerCase(Locale.ROOT);
    String wanted = KEY_ALIASES.getOrDefault(lower, argument);
    return keys().stream()
        .filter(key -> key.equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(() -> JsonErrors.unknownKey(name, argument, keys()));
  }

  /** The name of a key as it is printed. */
  static String shortKey(String key) {
    return SHORT_KEYS.getOrDefault(key, key);
  }

  /** The family that the values of a key are of, where they are objects with a type. */
  Optional<Class<?>> family(String key) {
    return valueType(key).filter(Class::isSealed);
  }

  /** Whether the values of a key are lists, and not sizes. */
  boolean isList(String key) {
    return valueType(key).filter(List.class::equals).isPresent();
  }

  private Optional<Class<?>> valueType(String key) {
    return Families.keys(RECORDS.get(type)).stream()
        .filter(component -> component.getName().equals(key))
        .<Class<?>>map(RecordComponent::getType)
        .findFirst();
  }

  /**
   * The layer of these arguments.
   *
   * @param channels of the layer's input, for a depthwise convolution
   * @throws ConvoyException of kind USAGE when one is missing or does not fit
   */
  Layer layer(ObjectNode arguments, int channels) {
    ObjectNode options = Json.object().put("type", type);
    defaults.forEach(options::set);
    options.setAll(arguments);
    if (isDepthwise()) {
      options.put("groups", channels);
      options.put("outChannels", channels * multiplier(options.remove(MULTIPLIER)));
    }
    return Json.value(options, Layer.class, "");
  }

  private static long multiplier(JsonNode multiplier) {
    if (multiplier == null) {
      return 1;
    }
    if (!multiplier.isInt()) {
      throw ConvoyException.usage("multiplier must be a whole number; got %s", multiplier);
    }
    return multiplier.longValue();
  }
}
