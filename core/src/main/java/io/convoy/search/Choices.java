package io.convoy.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * Some values, each as likely as another.
 *
 * @param key as a dotted path
 * @param values at least 2, all different
 */
public record Choices(String key, List<JsonNode> values) implements SearchRange {
  public Choices {
    values = List.copyOf(values);
    if (values.size() < 2 || new HashSet<>(values).size() < values.size()) {
      throw ConvoyException.usage(
          "choices are two values or more, each given once, such as 32|64|128; got %s", values);
    }
  }

  @Override
  public String text() {
    return Json.text(values);
  }

  @Override
  public JsonNode draw(double uniform) {
    return values.get((int) (uniform * values.size()));
  }

  @Override
  public List<JsonNode> ends() {
    return values;
  }

  /** Numbers have a scale: their order. */
  @Override
  public OptionalDouble position(JsonNode value) {
    List<JsonNode> all = values;
    if (!value.isNumber() || !all.stream().allMatch(JsonNode::isNumber)) {
      return OptionalDouble.empty();
    }
    double number = value.doubleValue();
    long below = all.stream().filter(other -> other.doubleValue() < number).count();
    boolean own = all.stream().anyMatch(other -> other.doubleValue() == number);
    if (!own && below == 0) {
      return OptionalDouble.of(Double.NEGATIVE_INFINITY);
    }
    return OptionalDouble.of(below / (all.size() - 1.0));
  }

  /** Whatever the recipe takes: other values are the user's to name. */
  @Override
  public Optional<String> beyond(boolean upper, Predicate<JsonNode> takes) {
    DoubleStream numbers = values.stream().mapToDouble(JsonNode::doubleValue);
    double end = (upper ? numbers.max() : numbers.min()).orElseThrow();
    return Optional.of("%s values than %s, too".formatted(upper ? "larger" : "smaller", end));
  }
}
