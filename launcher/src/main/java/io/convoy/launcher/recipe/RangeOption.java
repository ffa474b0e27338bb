package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.search.Choices;
import io.convoy.search.NumberRange;
import io.convoy.search.SearchRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a key of a recipe is drawn from, by {@code --range KEY=RANGE} or a line of a file of such.
 * The key is a dotted path, as for {@link SetOption}. A range is {@code 1e-3..1e-1}, {@code
 * log:LOW..HIGH}, {@code linear:LOW..HIGH}, {@code a|b|c} or a list in YAML.
 *
 * @param range of the key
 * @param place what errors name
 */
public record RangeOption(SearchRange range, String place) {
  private static final String WANTED =
      "%s: wants KEY=RANGE, such as --range schedule.rate=1e-3..1e-1 or --range batchSize=32|64|128";

  /** Keys that a search sets itself, or that all its trials have to agree on. */
  private static final Set<String> OWN =
      Set.of(
          "name",
          "seed",
          "data",
          "validation",
          "epochs",
          "maxSteps",
          "checkpoint",
          "earlyStopping",
          "sync");

  /**
   * Reads an option's text.
   *
   * @throws ConvoyException of kind USAGE when it is no range
   */
  public static RangeOption parse(String text) {
    String place = "--range " + text;
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw ConvoyException.usage(WANTED, place);
    }
    return of(text.substring(0, equals).strip(), text.substring(equals + 1).strip(), place);
  }

  /** Of a range that is known to be one. */
  public static RangeOption of(SearchRange range) {
    return new RangeOption(range, "--range %s=%s".formatted(range.key(), range.text()));
  }

  /**
   * Reads a file: a mapping in YAML, of keys to ranges.
   *
   * @throws ConvoyException of kind USAGE when it is none, or one of the ranges is none; of kind
   *     RESOURCE when it cannot be read
   */
  public static List<RangeOption> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw ConvoyException.usage("--space %s: there is no such file", file);
    }
    RecipeFile read = RecipeFile.find(file.toString(), Optional.empty());
    JsonNode tree = Yaml.parse(read.text(), read.place());
    if (!(tree instanceof ObjectNode mapping)) {
      throw ConvoyException.usage(
          "%s: a space is a mapping of keys to ranges, such as 'schedule.rate: 1e-3..1e-1'",
          read.place());
    }
    List<RangeOption> ranges = new ArrayList<>();
    mapping
        .properties()
        .forEach(
            line -> {
              String place = read.place() + ": " + line.getKey();
              JsonNode value = line.getValue();
              ranges.add(
                  of(line.getKey(), value.isTextual() ? value.asText() : value.toString(), place));
            });
    return ranges;
  }

  private static RangeOption of(String key, String text, String place) {
    List<String> path = SetOption.path(key);
    if (path.isEmpty() || text.isEmpty()) {
      throw ConvoyException.usage(WANTED, place);
    }
    if (OWN.contains(path.get(0))) {
      throw ConvoyException.usage(
          "%s: '%s' is the same for all trials: change it by --set, and how long trials are trained by"
              + " --min-epochs and --max-epochs",
          place, path.get(0));
    }
    try {
      return new RangeOption(range(key, text, place), place);
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), place + ": " + e.getMessage(), e);
    }
  }

  private static SearchRange range(String key, String text, String place) {
    if (text.startsWith("[")) {
      List<JsonNode> values = new ArrayList<>();
      Yaml.parse(text, place).forEach(values::add);
      return new Choices(key, values);
    }
    if (text.contains("|")) {
      return new Choices(
          key, Arrays.stream(text.split("\\|", -1)).map(word -> Yaml.parse(word, place)).toList());
    }
    return NumberRange.parse(key, text);
  }

  /** The option that gives the key a value; its errors name the range. */
  public SetOption set(JsonNode value) {
    return new SetOption(SetOption.path(range.key()), value, place);
  }

  /** The same as words of a command line. */
  public List<String> words() {
    return List.of("--range", range.key() + "=" + range.text());
  }
}
