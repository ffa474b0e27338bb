package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.json.JsonErrors;
import io.convoy.network.Network;
import io.convoy.notation.Notation;
import io.convoy.recipe.Recipe;
import io.convoy.zoo.Architecture;
import java.util.List;

/**
 * Understands recipes: YAML, then {@code --set}, then the zoo's name for a network, or its
 * notation, replaced by the network, then {@link Recipe}. An error is one line that names the file,
 * the key's path, the rule and the value; for a key that nobody knows the nearest one, and for one
 * that is retired what replaced it.
 */
public final class RecipeReader {
  private static final String NETWORK = "network";
  private static final String FINE_TUNING = "fineTuning";

  /** Of a network, and of {@code fineTuning}. */
  static final String WEIGHTS = "weights";

  private RecipeReader() {}

  /**
   * The tree of a recipe's text.
   *
   * @throws ConvoyException of kind USAGE when it is not YAML or no mapping of keys
   */
  public static ObjectNode tree(RecipeFile file) {
    return mapping(Yaml.parse(file.text(), file.place()), file.place());
  }

  /**
   * A recipe that was read already, such as that of {@code run.json}, as a tree of its own.
   *
   * @throws ConvoyException of kind USAGE when it is no mapping of keys
   */
  public static ObjectNode mapping(JsonNode tree, String place) {
    if (tree instanceof ObjectNode recipe) {
      return recipe.deepCopy();
    }
    throw ConvoyException.usage(
        "%s: a recipe is a mapping of keys such as 'epochs: 3'; this one holds %s",
        place, tree.isMissingNode() || tree.isNull() ? "nothing" : JsonErrors.describe(tree));
  }

  /**
   * A tree of its own, changed; a network of the zoo stays a name in it.
   *
   * @param overrides applied one after the other
   * @throws ConvoyException of kind USAGE when one of them finds no place
   */
  public static ObjectNode changed(ObjectNode tree, List<SetOption> overrides) {
    ObjectNode copy = tree.deepCopy();
    overrides.forEach(override -> override.applyTo(copy, RetiredKeys.ALL));
    return copy;
  }

  /**
   * The recipe that a tree describes.
   *
   * @param tree changed in place: by the overrides, and where it names a network of the zoo, which
   *     then stands there whole
   * @param place what errors name: the file; empty where there is none
   * @param overrides applied one after the other
   * @throws ConvoyException of kind USAGE when anything in it does not fit
   */
  public static Recipe recipe(ObjectNode tree, String place, List<SetOption> overrides) {
    return recipe(tree, place, overrides, RetiredKeys.ALL);
  }

  /** The same, with keys of one's own that are retired. */
  static Recipe recipe(
      ObjectNode tree, String place, List<SetOption> overrides, RetiredKeys retired) {
    overrides.forEach(override -> override.applyTo(tree, retired));
    try {
      new RecipeKeys(retired).check(tree);
      takeWeights(tree);
      expandNetwork(tree);
      return Json.value(tree, Recipe.class, "");
    } catch (ConvoyException e) {
      String start = place.isEmpty() ? "" : place + ": ";
      throw new ConvoyException(e.kind(), start + e.getMessage(), e);
    }
  }

  /** {@code network: {type: resnet50, weights: URI}} says {@code fineTuning: {weights: URI}}. */
  private static void takeWeights(ObjectNode tree) {
    if (!tree.path(NETWORK).hasNonNull(WEIGHTS)) {
      return;
    }
    JsonNode weights = ((ObjectNode) tree.get(NETWORK)).remove(WEIGHTS);
    JsonNode before = tree.path(FINE_TUNING).path(WEIGHTS);
    if (before.isTextual() && !before.equals(weights)) {
      throw ConvoyException.usage(
          "network.weights is %s, fineTuning.weights is %s: both say what the training starts from;"
              + " take one of them away",
          weights, before);
    }
    if (!tree.hasNonNull(FINE_TUNING)) {
      tree.putObject(FINE_TUNING);
    }
    if (tree.get(FINE_TUNING) instanceof ObjectNode tuning) {
      tuning.set(WEIGHTS, weights);
    }
  }

  /**
   * {@code network: resnet20}, {@code network: {type: resnet20, classes: 100}} and a network in
   * notation become the network's input and layers.
   */
  private static void expandNetwork(ObjectNode tree) {
    JsonNode network = tree.path(NETWORK);
    if (RecipeKeys.isNotation(network)) {
      tree.set(NETWORK, notation(network).toJson());
    } else if (RecipeKeys.isOfTheZoo(network)) {
      tree.set(NETWORK, Architecture.read(network, NETWORK).network().toJson());
    }
  }

  private static Network notation(JsonNode network) {
    Notation notation =
        network.isTextual()
            ? Notation.of(network.textValue())
            : Json.value(network, Notation.class, NETWORK);
    try {
      return notation.network();
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), NETWORK + ": " + e.getMessage(), e);
    }
  }
}
