package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values at the borders of a range as a table writes it: {@code ≥ 1}, {@code > 0}, {@code [0,
 * 1)}, {@code [0, `rate`]}; or all the values, where it lists them.
 *
 * @param good values that lie in it
 * @param bad values that do not
 */
record AllowedValues(List<JsonNode> good, List<JsonNode> bad) {
  private static final Pattern HALF = Pattern.compile("([≥>]) (\\S+)");
  private static final Pattern FULL = Pattern.compile("([\\[(])(\\S+), `?([^`]+?)`?([\\])])");
  private static final double LITTLE = 1e-6;

  /**
   * @param type of the key, in the table's words
   * @param object that the key stands in: a border may be another key's value
   */
  static AllowedValues of(String range, String type, ObjectNode object) {
    AllowedValues values = new AllowedValues(new ArrayList<>(), new ArrayList<>());
    if (range.startsWith("`")) {
      RecipeDocument.codes(range).forEach(code -> values.good.add(Yaml.parse(code, range)));
      return values;
    }
    double step = type.contains("number") && !type.contains("whole") ? LITTLE : 1;
    boolean list = type.startsWith("list");
    Matcher half = HALF.matcher(range);
    if (half.matches()) {
      values.border(Double.parseDouble(half.group(2)), half.group(1).equals("≥"), step, list);
      return values;
    }
    Matcher full = FULL.matcher(range);
    if (!full.matches()) {
      throw new AssertionError("no range that can be tried: '" + range + "'");
    }
    String end = full.group(3);
    double upper = object.has(end) ? object.get(end).asDouble() : Double.parseDouble(end);
    values.border(Double.parseDouble(full.group(2)), full.group(1).equals("["), step, list);
    values.border(upper, full.group(4).equals("]"), -step, list);
    return values;
  }

  /** A border and the value beside it: inside, where {@code inward} leads, or outside. */
  private void border(double at, boolean included, double inward, boolean list) {
    boolean whole = Math.abs(inward) == 1;
    (included ? good : bad).add(node(at, whole, list));
    (included ? bad : good).add(node(included ? at - inward : at + inward, whole, list));
  }

  private static JsonNode node(double value, boolean whole, boolean list) {
    JsonNode node = whole ? IntNode.valueOf((int) value) : DoubleNode.valueOf(value);
    if (!list) {
      return node;
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    return array.add(node);
  }
}
