package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Families;
import io.convoy.layer.Layer;
import io.convoy.network.Network;
import io.convoy.recipe.Recipe;
import io.convoy.zoo.Architecture;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every key of a recipe with its type and default, as the code has them: names and types are those
 * of the records' components, defaults what comes back where the least is given.
 */
final class KeyList {
  static final String REQUIRED = "required";
  static final String NONE = "none";

  /** The keys of a network that is given by its layers or in notation, which are no records. */
  private static final Map<String, KeySection.Key> OF_NETWORKS =
      Map.of(
          "network.input", new KeySection.Key("list of numbers", REQUIRED),
          "network.layers", new KeySection.Key("list of layers", REQUIRED),
          "network.outputs", new KeySection.Key("list of names", "the last layer"),
          "network.auxiliary", new KeySection.Key("mapping", NONE),
          "network.weights", new KeySection.Key("text", NONE),
          "network.notation", new KeySection.Key("text", NONE),
          "network.values", new KeySection.Key("mapping", NONE),
          "network.layers.name", new KeySection.Key("text", NONE),
          "network.layers.inputs", new KeySection.Key("list of names", NONE));

  private KeyList() {}

  /**
   * All keys by path. A type of layer, optimizer and so on has a line of its own, {@code
   * optimizer[sgd]}, so that it is no more taken away by mistake than a key is.
   */
  static Map<String, KeySection.Key> current() {
    Map<String, KeySection.Key> keys = new LinkedHashMap<>();
    List<KeySection> sections = new ArrayList<>(sections());
    sections.addAll(typed("network", Architecture.class, aliases()));
    for (KeySection section : sections) {
      if (section.path().endsWith("]")) {
        keys.put(section.path(), new KeySection.Key("type", "-"));
      }
      section
          .components()
          .keySet()
          .forEach(key -> keys.put(section.pathOf(key), section.describe(key)));
    }
    keys.putAll(OF_NETWORKS);
    return keys;
  }

  /** The recipe itself, each mapping in it, and each type of what has types. */
  static List<KeySection> sections() {
    List<KeySection> sections = new ArrayList<>();
    sections.add(new KeySection("", Recipe.class, Recipe.class, least("")));
    for (RecordComponent component : Recipe.class.getRecordComponents()) {
      Class<?> type = component.getType();
      if (type.isRecord()) {
        String path = component.getName();
        KeySection section = new KeySection(path, type, type, least(path));
        sections.add(section);
        sections.addAll(within(section));
      }
      if (type == Network.class) {
        sections.addAll(typed("network", Architecture.class));
        List<KeySection> layers = typed("network.layers", Layer.class);
        sections.addAll(layers);
        layers.forEach(layer -> sections.addAll(within(layer)));
      }
      sections.addAll(typed(component.getName(), type));
    }
    return sections;
  }

  /** The mappings in a section, and the types of those of its keys that have types. */
  private static List<KeySection> within(KeySection section) {
    List<KeySection> sections = new ArrayList<>();
    section
        .components()
        .forEach(
            (key, component) -> {
              String path = section.pathOf(key);
              Class<?> type = RecipeKeys.elementOf(component).orElse(component.getType());
              if (type.isRecord() && !RecipeKeys.isScalar(type)) {
                sections.add(new KeySection(path, type, type, least(path)));
              }
              if (!Families.isOfNames(type)) {
                sections.addAll(typed(path, type));
              }
            });
    return sections;
  }

  /** Names that networks had before. */
  private static List<String> aliases() {
    Set<String> names = new TreeSet<>(Families.members(Architecture.class).keySet());
    Architecture.names().forEach(names::remove);
    return List.copyOf(names);
  }

  private static List<KeySection> typed(String path, Class<?> base) {
    return typed(path, base, Families.names(base));
  }

  private static List<KeySection> typed(String path, Class<?> base, List<String> names) {
    List<KeySection> sections = new ArrayList<>();
    for (String name : names) {
      String typePath = path + "[" + name + "]";
      List<ObjectNode> least = least(typePath);
      least.forEach(node -> node.put("type", name));
      sections.add(new KeySection(typePath, Families.members(base).get(name), base, least));
    }
    return sections;
  }

  /** The least that a section can be written with: nothing, unless it is said here. */
  private static List<ObjectNode> least(String path) {
    return switch (path) {
      case "" ->
          yaml(
              """
              data: {format: idx}
              network: {input: [4], layers: [{type: linear, outFeatures: 2}]}
              batchSize: 8
              epochs: 2
              optimizer: {type: sgd}
              schedule: {type: constant, rate: 0.1}
              """);
      case "data" -> yaml("{format: idx}", "{format: idx, size: 1, resizeShorter: 1}");
      case "validation" -> yaml("{share: 0.5}", "{samples: 5}");
      case "fineTuning" -> yaml("{weights: w}", "{freeze: [conv]}");
      case "fineTuning.freeze" -> yaml("{names: conv}");
      case "fineTuning.rates" -> yaml("{names: conv, factor: 2}");
      case "clip" -> yaml("{value: 1}", "{norm: 1}");
      case "standardization[standardScore]" -> yaml("{}", "{mean: [0.5], deviation: [0.25]}");
      case "schedule[step]" -> yaml("{rate: 0.1, milestones: [1]}");
      case "schedule[cycles]" -> yaml("{rate: 0.1, cycles: 3}");
      case "schedule[exponential]" -> yaml("{rate: 0.1, gamma: 0.9}");
      case "schedule[cyclic]" ->
          yaml("{rate: 0.1, upEpochs: 2}", "{rate: 0.1, upEpochs: 2, shape: expRange, gamma: 0.9}");
      case "schedule[inverseTime]" -> yaml("{rate: 0.1, decay: 1}");
      case "augmentation.steps[rotation]" -> yaml("{degrees: 15}");
      case "augmentation.steps[zoom]" -> yaml("{from: 0.8, to: 1.2}");
      case "augmentation.steps[brightness]",
          "augmentation.steps[contrast]",
          "augmentation.steps[saturation]",
          "augmentation.steps[sharpness]",
          "augmentation.steps[hue]" ->
          yaml("{range: 0.2}");
      case "augmentation.steps[posterize]" -> yaml("{bits: 4}");
      case "augmentation.steps[solarize]" -> yaml("{threshold: 128}");
      case "augmentation.steps[blur]" -> yaml("{kernel: 5}");
      case "augmentation.steps[noise]" -> yaml("{deviation: 8}");
      case "augmentation.steps[saltAndPepper]" -> yaml("{share: 0.05}");
      default ->
          path.startsWith("network.layers")
              ? leastOfLayer(path)
              : yaml(path.startsWith("schedule[") ? "{rate: 0.1}" : "{}");
    };
  }

  private static List<ObjectNode> leastOfLayer(String path) {
    return switch (path) {
      case "network.layers[conv2d]" -> yaml("{outChannels: 2, kernel: [3, 5]}");
      case "network.layers[maxPool2d]", "network.layers[avgPool2d]" -> yaml("{kernel: [3, 5]}");
      case "network.layers[convTranspose2d]" -> yaml("{outChannels: 2, kernel: [3, 5]}");
      case "network.layers[maxout]" -> yaml("{pieces: 2}");
      case "network.layers[groupNorm]", "network.layers[channelShuffle]" -> yaml("{groups: 2}");
      case "network.layers[selectChannels]" -> yaml("{channels: [1, 0]}");
      case "network.layers[upsample2d]" -> yaml("{scale: [2, 3]}");
      case "network.layers[linear]" -> yaml("{outFeatures: 3}");
      case "network.layers[dropout]",
          "network.layers[spatialDropout]",
          "network.layers[stochasticDepth]" ->
          yaml("{rate: 0.5}");
      case "network.layers[conv2d].initializer[normal]",
          "network.layers[convTranspose2d].initializer[normal]",
          "network.layers[conv2d].initializer[truncatedNormal]",
          "network.layers[convTranspose2d].initializer[truncatedNormal]",
          "network.layers[linear].initializer[normal]",
          "network.layers[linear].initializer[truncatedNormal]" ->
          yaml("{deviation: 0.01}");
      case "network.layers[conv2d].initializer[uniform]",
          "network.layers[convTranspose2d].initializer[uniform]",
          "network.layers[linear].initializer[uniform]" ->
          yaml("{bound: 0.05}");
      case "network.layers[conv2d].initializer[constant]",
          "network.layers[convTranspose2d].initializer[constant]",
          "network.layers[linear].initializer[constant]" ->
          yaml("{value: 0.1}");
      default -> yaml("{}");
    };
  }

  private static List<ObjectNode> yaml(String... texts) {
    List<ObjectNode> nodes = new ArrayList<>();
    for (String text : texts) {
      nodes.add((ObjectNode) Yaml.parse(text, "the least"));
    }
    return nodes;
  }

  /** A default in the words of the list. */
  static String words(Optional<JsonNode> standard) {
    return standard.map(value -> value.isNull() ? NONE : value.toString()).orElse(REQUIRED);
  }
}
