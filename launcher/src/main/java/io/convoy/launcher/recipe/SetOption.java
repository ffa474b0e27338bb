package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code --set key=value}: a change to a recipe's tree before it is understood. The key is a
 * dotted path, {@code optimizer.momentum}, with numbers from 0 for the elements of a list, {@code
 * network.layers.2.rate}; the value is YAML, {@code 20}, {@code true}, {@code {keep: 5}}.
 *
 * @param path the keys from the top, at least one
 * @param value what stands there afterwards
 * @param text what errors name: the option as it was written, its name first
 */
public record SetOption(List<String> path, JsonNode value, String text) {
  public SetOption {
    path = List.copyOf(path);
  }

  /**
   * Reads an option's text.
   *
   * @throws ConvoyException of kind USAGE when it is not {@code key=value}
   */
  public static SetOption parse(String text) {
    int equals = text.indexOf('=');
    List<String> path = path(text.substring(0, Math.max(0, equals)));
    if (path.isEmpty()) {
      throw ConvoyException.usage(
          "--set wants key=value, such as --set optimizer.momentum=0.8; got '%s'", text);
    }
    JsonNode value = Yaml.parse(text.substring(equals + 1), "--set " + text);
    if (value.isMissingNode()) {
      throw ConvoyException.usage(
          "--set wants a value after '=', such as --set optimizer.momentum=0.8; got '%s'", text);
    }
    return new SetOption(path, value, "--set " + text);
  }

  /** The keys of a dotted path; none where it is no path. */
  static List<String> path(String key) {
    List<String> path = List.of(key.strip().split("\\.", -1));
    return path.stream().anyMatch(String::isBlank) ? List.of() : path;
  }

  /**
   * Changes a tree in place.
   *
   * @param retired keys that recipes once had
   * @throws ConvoyException of kind USAGE when the path leads through a key that is not there; the
   *     message names the nearest one, or what replaced it. Whether the last key is one that a
   *     recipe knows is told when the recipe is understood
   */
  void applyTo(ObjectNode recipe, RetiredKeys retired) {
    JsonNode parent = recipe;
    RecipePath owner = RecipePath.TOP;
    for (int depth = 0; depth < path.size() - 1; depth++) {
      String key = path.get(depth);
      JsonNode child = child(parent, key);
      if (child == null && parent.isObject()) {
        retired.refuse(text, owner, key);
      }
      if ((child == null || child.isNull()) && depth == 0 && RecipeKeys.isMapping(key)) {
        child = recipe.putObject(key);
      }
      if (child == null || !child.isContainerNode()) {
        throw noSuchParent(parent, child, depth);
      }
      owner = (parent.isArray() ? owner : owner.key(key)).at(child);
      parent = child;
    }
    String last = path.get(path.size() - 1);
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
      return;
    }
    if (child(parent, last) == null) {
      throw noSuchParent(parent, null, path.size() - 1);
    }
    ((ArrayNode) parent).set(Integer.parseInt(last), value);
  }

  private static JsonNode child(JsonNode parent, String key) {
    if (!parent.isArray()) {
      return parent.get(key);
    }
    return key.matches("[0-9]{1,6}") ? parent.get(Integer.parseInt(key)) : null;
  }

  private ConvoyException noSuchParent(JsonNode parent, JsonNode child, int depth) {
    String place = String.join(".", path.subList(0, depth));
    String key = path.get(depth);
    if (child != null) {
      return ConvoyException.usage("%s: '%s' is %s and has no keys", text, join(place, key), child);
    }
    if (parent.isArray()) {
      return ConvoyException.usage(
          "%s: '%s' is a list of %d elements: the key after it is a number from 0 to %d;"
              + " got '%s'",
          text, place, parent.size(), parent.size() - 1, key);
    }
    List<String> known = new ArrayList<>();
    parent.fieldNames().forEachRemaining(known::add);
    return ConvoyException.usage(
        "%s: the recipe has no key '%s' to look into%s; where it is meant to be new, set it"
            + " as a whole: --set '%s={%s: …}'",
        text,
        join(place, key),
        Nearest.question(key, known),
        join(place, key),
        path.get(depth + 1));
  }

  private static String join(String place, String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
