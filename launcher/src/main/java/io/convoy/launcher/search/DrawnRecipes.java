package io.convoy.launcher.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.recipe.RangeOption;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.recipe.SetOption;
import io.convoy.launcher.recipe.YamlText;
import io.convoy.recipe.Recipe;
import io.convoy.search.EdgeWarnings;
import io.convoy.search.SearchOptions;
import io.convoy.search.SearchSpace;
import io.convoy.trials.SearchTrial;
import io.convoy.trials.TrialRecipes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The recipes of a search's trials: the given one, and those with values that are drawn. */
public final class DrawnRecipes implements TrialRecipes {
  private final ObjectNode tree;
  private final String place;
  private final List<RangeOption> ranges;
  private final SearchSpace space;
  private final List<SearchTrial> trials;

  /**
   * Draws.
   *
   * @param tree of the recipe as it is given, its network perhaps by name; not changed
   * @param place what errors name
   * @param given ranges; where there are none the usual ones
   * @throws ConvoyException of kind USAGE when the recipe does not take a range
   */
  public DrawnRecipes(
      ObjectNode tree, String place, List<RangeOption> given, SearchOptions options) {
    this.tree = tree;
    this.place = place;
    ranges = given.isEmpty() ? UsualSpace.of(tree) : List.copyOf(given);
    space = new SearchSpace(ranges.stream().map(RangeOption::range).toList());
    for (RangeOption range : ranges) {
      range.range().ends().forEach(end -> requireTaken(range, end));
    }
    trials = draw(options);
  }

  private void requireTaken(RangeOption range, JsonNode end) {
    try {
      var unused = recipe(List.of(range.set(end)));
    } catch (ConvoyException e) {
      String start = range.place() + ": ";
      if (e.getMessage().startsWith(start)) {
        throw e; // the key has no place
      }
      throw new ConvoyException(
          e.kind(),
          "%swith %s, %s".formatted(start, end.isValueNode() ? end.asText() : end, e.getMessage()),
          e);
    }
  }

  private Recipe recipe(List<SetOption> changes) {
    return RecipeReader.recipe(tree.deepCopy(), place, changes);
  }

  /** Trials that draw what another has had are left out. */
  private List<SearchTrial> draw(SearchOptions options) {
    List<SearchTrial> all = new ArrayList<>();
    all.add(new SearchTrial(0, own(), recipe(List.of()), null));
    Set<Map<String, JsonNode>> before = new HashSet<>(Set.of(all.get(0).values()));
    for (int trial = 1; trial < options.trials(); trial++) {
      Map<String, JsonNode> values = space.draw(options.seed(), trial);
      if (before.add(values)) {
        all.add(trial(trial, values));
      }
    }
    return all;
  }

  private SearchTrial trial(int number, Map<String, JsonNode> values) {
    try {
      return new SearchTrial(number, values, recipe(changes(values)), null);
    } catch (ConvoyException e) {
      return new SearchTrial(number, values, null, e.getMessage());
    }
  }

  private List<SetOption> changes(Map<String, JsonNode> values) {
    return ranges.stream().map(range -> range.set(values.get(range.range().key()))).toList();
  }

  /** The recipe's own values, as far as it has some. */
  private Map<String, JsonNode> own() {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (RangeOption range : ranges) {
      String key = range.range().key();
      JsonNode own = tree.at("/" + key.replace('.', '/'));
      values.put(key, own.isMissingNode() ? NullNode.getInstance() : own);
    }
    return values;
  }

  /** What is searched. */
  public SearchSpace space() {
    return space;
  }

  /** The trials by their numbers, of which some may be missing. */
  public List<SearchTrial> trials() {
    return trials;
  }

  private Map<String, JsonNode> values(int trial) {
    return trials.stream().filter(one -> one.number() == trial).findFirst().orElseThrow().values();
  }

  @Override
  public String text(int trial) {
    List<SetOption> changes = trial == 0 ? List.of() : changes(values(trial));
    return "# Trial %s of convoy search over %s\n".formatted(trial, place)
        + YamlText.of(RecipeReader.changed(tree, changes));
  }

  @Override
  public List<String> warnings(int trial) {
    return new EdgeWarnings(space, this::takes).of(values(trial));
  }

  private boolean takes(String key, JsonNode value) {
    RangeOption range =
        ranges.stream().filter(one -> one.range().key().equals(key)).findFirst().orElseThrow();
    try {
      var unused = recipe(List.of(range.set(value)));
      return true;
    } catch (ConvoyException e) {
      return false;
    }
  }
}
