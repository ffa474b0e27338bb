package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.json.JsonErrors;
import io.convoy.recipe.Recipe;
import io.convoy.zoo.Architecture;
import java.util.List;

/**
 * Understands recipes: YAML, then {@code --set}, then the zoo's name for a network replaced by the
 * network, then {@link Recipe}. An error is one line that names the file, the key's path, the rule
 * and the value; for a key that nobody knows the nearest one, and for one that is retired what
 * replaced it.
 */
public final class RecipeReader {
  private static final String NETWORK = "network";

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
      expandNetwork(tree);
      return Json.value(tree, Recipe.class, "");
    } catch (ConvoyException e) {
      String start = place.isEmpty() ? "" : place + ": ";
      throw new ConvoyException(e.kind(), start + e.getMessage(), e);
    }
  }

  /**
   * {@code network: resnet20} and {@code network: {type: resnet20, classes: 100}} become the
   * network's input and layers.
   */
  private static void expandNetwork(ObjectNode tree) {
    JsonNode network = tree.path(NETWORK);
    if (RecipeKeys.isOfTheZoo(network)) {
      tree.set(NETWORK, Architecture.read(network, NETWORK).network().toJson());
    }
  }
}
