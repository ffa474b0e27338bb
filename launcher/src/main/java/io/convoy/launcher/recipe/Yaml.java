package io.convoy.launcher.recipe;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.convoy.error.ConvoyException;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * YAML as a tree: one document, no key twice. Aliases are not followed, so that no text is larger
 * as a tree than it is long; SnakeYAML's own limits on size and depth stay in force.
 */
final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Numbers of YAML 1.2 that YAML 1.1 takes for text: 5e-4, where it wants 5.0e-4. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)[eE][-+]?[0-9]+");

  private Yaml() {}

  /**
   * Reads a text.
   *
   * @param place what the message names
   * @throws ConvoyException of kind USAGE when it is not YAML, with line and column
   */
  static JsonNode parse(String text, String place) {
    try {
      return withNumbers(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "%s%s: not valid YAML: %s".formatted(place, position(e), problem(e)),
          e);
    }
  }

  /** Where the text goes wrong, which is not always where the last token was. */
  private static String position(JsonProcessingException error) {
    if (error.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      return ", line %s, column %s".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }
    JsonLocation at = error.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : ", line %s, column %s".formatted(at.getLineNr(), Math.max(1, at.getColumnNr()));
  }

  /** The parser's own words, without the places and excerpts, which are indented. */
  private static String problem(JsonProcessingException error) {
    return error
        .getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .reduce((context, problem) -> context + ": " + problem)
        .orElse("it cannot be read");
  }

  private static JsonNode withNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(withNumbers(entry.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withNumbers(array.get(i)));
      }
    } else if (node.isTextual() && NUMBER.matcher(node.textValue()).matches()) {
      return DoubleNode.valueOf(Double.parseDouble(node.textValue()));
    }
    return node;
  }
}
