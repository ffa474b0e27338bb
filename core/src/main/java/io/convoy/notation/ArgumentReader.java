package io.convoy.notation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.json.Json;
import io.convoy.layer.Layer;
import io.convoy.notation.NetworkGrammarParser.ArgumentContext;
import io.convoy.notation.NetworkGrammarParser.ArgumentsContext;
import io.convoy.notation.NetworkGrammarParser.LayerContext;
import io.convoy.notation.NetworkGrammarParser.ValueContext;
import io.convoy.text.DisplayText;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;

/** What stands in a layer's brackets. */
final class ArgumentReader {
  private static final String TIMES = "[xX×]";

  /** Digits of a number at the most: a long has 19. */
  private static final int MOST_DIGITS = 18;

  private final NotationText text;
  private final NotationValues values;

  /** Layers by form, arguments and channels: repeats have the same ones again and again. */
  private final Map<List<Object>, Layer> known = new HashMap<>();

  ArgumentReader(NotationText text, NotationValues values) {
    this.text = text;
    this.values = values;
  }

  /** The extents of the network's input. */
  int[] input(LayerContext written) {
    Token token = written.getStart();
    List<JsonNode> extents = new ArrayList<>();
    if (written.arguments() == null) {
      values.all(token.getText()).ifPresent(all -> flatten(size(all), extents));
    } else {
      for (ArgumentContext argument : written.arguments().argument()) {
        if (argument.NAME() != null) {
          throw text.error(argument.getStart(), "the arguments of INPUT have no names");
        }
        flatten(value(argument.value(), Optional.empty(), new TreeSet<>()), extents);
      }
    }
    boolean fits = extents.size() == 3 || extents.size() == 1;
    if (!fits || !extents.stream().allMatch(JsonNode::isInt)) {
      throw text.error(
          token,
          "INPUT takes the height, width and channels of an image, or the features of a vector, as"
              + " in INPUT(28,28,1); got %s"
                  .formatted(DisplayText.shortened(extents.toString(), 40)));
    }
    return extents.stream().mapToInt(JsonNode::intValue).toArray();
  }

  private static void flatten(JsonNode value, List<JsonNode> into) {
    if (value.isArray()) {
      value.forEach(into::add);
    } else {
      into.add(value);
    }
  }

  /**
   * The layer that is written.
   *
   * @param channels of its input
   */
  Layer layer(LayerContext written, int channels) {
    Token token = written.getStart();
    LayerForm form = text.at(token, () -> LayerForm.named(token.getText()));
    Set<String> words = new TreeSet<>();
    ObjectNode options = options(written, form, words);
    try {
      return known.computeIfAbsent(
          List.of(form, options, form.isDepthwise() ? channels : 0),
          key -> form.layer(options, channels));
    } catch (ConvoyException e) {
      throw text.error(token, told(form, words, e.getMessage()));
    }
  }

  private String told(LayerForm form, Set<String> words, String message) {
    StringBuilder told = new StringBuilder(message);
    if (!message.startsWith(form.name())) {
      told.insert(0, form.name() + ": ");
    }
    if (message.endsWith(" is missing")) {
      told.append("; its arguments, in this order: ").append(String.join(", ", form.keys()));
      if (form.defaults().containsKey("padding")) {
        told.append(" (without a kernel it is 3x3, without a padding same)");
      }
    }
    words.stream()
        .filter(word -> message.contains("\"" + word + "\"") || message.contains("'" + word + "'"))
        .forEach(
            word ->
                told.append(
                    ": where %1$s is a name, give it a value, such as values: {%1$s: 2}"
                        .formatted(word)));
    return told.toString();
  }

  /** The arguments by their keys. */
  private ObjectNode options(LayerContext written, LayerForm form, Set<String> words) {
    ObjectNode options = Json.object();
    if (written.arguments() != null) {
      return arguments(written.arguments(), form, words, options);
    }
    Token token = written.getStart();
    if (!form.keys().isEmpty()) {
      text.at(token, () -> values.next(token.getText()))
          .ifPresent(value -> options.set(form.keys().get(0), size(value)));
    }
    return options;
  }

  private ObjectNode arguments(
      ArgumentsContext written, LayerForm form, Set<String> words, ObjectNode options) {
    for (ArgumentContext argument : written.argument()) {
      Token token = argument.getStart();
      String key = key(argument, form, options.size());
      if (options.has(key)) {
        throw text.error(token, "%s: %s is given twice".formatted(form.name(), key));
      }
      options.set(key, value(argument.value(), form.family(key), words));
    }
    return options;
  }

  private String key(ArgumentContext argument, LayerForm form, int position) {
    Token token = argument.getStart();
    if (argument.NAME() != null) {
      return text.at(token, () -> form.key(argument.NAME().getText()));
    }
    requireBefore(argument, token);
    if (position >= form.keys().size()) {
      throw text.error(
          token,
          form.keys().isEmpty()
              ? form.name() + " takes no arguments"
              : "%s takes at most %s arguments: %s"
                  .formatted(form.name(), form.keys().size(), String.join(", ", form.keys())));
    }
    return form.keys().get(position);
  }

  /** An argument without a name follows none that has one. */
  private void requireBefore(ArgumentContext argument, Token token) {
    ArgumentsContext all = (ArgumentsContext) argument.getParent();
    for (ArgumentContext before : all.argument()) {
      if (before == argument) {
        return;
      }
      if (before.NAME() != null) {
        throw text.error(token, "behind an argument with a name, all have one");
      }
    }
  }

  /**
   * A value as JSON.
   *
   * @param family of the argument's values, where these have types
   * @param words gets the words that stand for themselves
   */
  private JsonNode value(ValueContext value, Optional<Class<?>> family, Set<String> words) {
    Token token = value.getStart();
    if (value.OPEN() != null) {
      ArrayNode list = Json.object().putArray("");
      value.value().forEach(element -> list.add(value(element, Optional.empty(), words)));
      return list;
    }
    if (value.NAME() == null) {
      return text.at(token, () -> number(token.getText()));
    }
    String word = value.NAME().getText();
    if (value.arguments() != null) {
      return typed(word, value.arguments(), family, words);
    }
    if (values.has(word)) {
      return size(text.at(token, () -> values.next(word)).orElseThrow());
    }
    if (family.map(Families::members).filter(members -> members.containsKey(word)).isPresent()) {
      return Json.object().put("type", word);
    }
    words.add(word);
    return word(word);
  }

  /** Such as {@code normal(0.01)}. */
  private ObjectNode typed(
      String type, ArgumentsContext arguments, Optional<Class<?>> family, Set<String> words) {
    List<String> keys =
        family.map(Families::members).map(members -> members.get(type)).stream()
            .flatMap(member -> Families.keys(member).stream())
            .map(RecordComponent::getName)
            .toList();
    ObjectNode object = Json.object().put("type", type);
    for (ArgumentContext argument : arguments.argument()) {
      int position = object.size() - 1;
      if (argument.NAME() == null && position >= keys.size()) {
        throw text.error(
            argument.getStart(),
            "%s takes %s".formatted(type, keys.isEmpty() ? "no such arguments" : keys));
      }
      String key = argument.NAME() == null ? keys.get(position) : argument.NAME().getText();
      object.set(key, value(argument.value(), Optional.empty(), words));
    }
    return object;
  }

  private static JsonNode word(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      case "same", "valid" -> TextNode.valueOf(word.toLowerCase(Locale.ROOT));
      default -> TextNode.valueOf(word);
    };
  }

  /** What a recipe gives a name: a size may be text there, as in the notation. */
  private static JsonNode size(JsonNode value) {
    return value.isTextual() && isSize(value.textValue()) ? number(value.textValue()) : value;
  }

  /** Two to four numbers. */
  private static boolean isSize(String text) {
    List<String> extents = List.of(text.split(TIMES, 5));
    return extents.size() > 1
        && extents.size() <= 4
        && extents.stream().allMatch(extent -> extent.matches("[0-9]+"));
  }

  /**
   * A number, or a size as a list of numbers.
   *
   * @throws ConvoyException of kind USAGE when it is too large
   */
  static JsonNode number(String written) {
    if (isSize(written)) {
      ArrayNode extents = Json.object().putArray("");
      for (String extent : written.split(TIMES)) {
        extents.add(number(extent));
      }
      return extents;
    }
    if (written.split(TIMES, 6).length > 4) {
      throw ConvoyException.usage("a size has at most 4 numbers; got %s", written);
    }
    if (!written.matches("[+-]?[0-9]+")) {
      return DoubleNode.valueOf(Double.parseDouble(written));
    }
    if (written.length() > MOST_DIGITS) {
      throw ConvoyException.usage("a whole number of %d digits is too large", written.length());
    }
    long number = Long.parseLong(written);
    return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
  }
}
