package io.convoy.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;

/**
 * What is worth a second search: the best lies in the outer tenth of a range, so that something
 * better may lie beyond its end. Where the recipe takes nothing beyond, that is no edge.
 *
 * @param space that was searched
 * @param takes whether the recipe takes a value for a key
 */
public record EdgeWarnings(SearchSpace space, BiPredicate<String, JsonNode> takes) {
  private static final double EDGE = 0.1;

  /** A line for each edge that the best values lie at. */
  public List<String> of(Map<String, JsonNode> best) {
    List<String> lines = new ArrayList<>();
    for (SearchRange range : space.ranges()) {
      line(range, best.get(range.key())).ifPresent(lines::add);
    }
    return lines;
  }

  private Optional<String> line(SearchRange range, JsonNode value) {
    OptionalDouble at = value == null ? OptionalDouble.empty() : range.position(value);
    if (at.isEmpty() || (at.getAsDouble() >= EDGE && at.getAsDouble() <= 1 - EDGE)) {
      return Optional.empty();
    }
    boolean upper = at.getAsDouble() > 0.5;
    return range
        .beyond(upper, end -> takes.test(range.key(), end))
        .map(
            next ->
                "the best %s, %s, lies at the %s edge of %s: search on with %s"
                    .formatted(
                        range.key(),
                        value.asText(),
                        upper ? "upper" : "lower",
                        range.text(),
                        next));
  }
}
