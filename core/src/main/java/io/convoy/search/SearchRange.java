package io.convoy.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What the value of one key of a recipe is drawn from. */
public sealed interface SearchRange permits NumberRange, Choices {
  /** The key, as a dotted path. */
  String key();

  /** The range as it is written. */
  String text();

  /**
   * The value for a number.
   *
   * @param uniform in [0, 1)
   */
  JsonNode draw(double uniform);

  /** Values that the recipe must take if it is to take all that may be drawn. */
  List<JsonNode> ends();

  /**
   * Where a value lies on the range's scale: 0 at its lower end, 1 at its upper; beyond these
   * outside of it.
   *
   * @return empty where there is no scale, or the value is none of it
   */
  OptionalDouble position(JsonNode value);

  /**
   * What a second search would look at, where the best lies at an end.
   *
   * @param upper which end
   * @param takes whether the recipe takes a value
   * @return empty where the recipe takes nothing beyond that end
   */
  Optional<String> beyond(boolean upper, Predicate<JsonNode> takes);
}
