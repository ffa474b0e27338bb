package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 as a tree: one document, its values by the core schema ({@link YamlScalars}), keys that
 * are text and stand once. Aliases and merge keys are refused, so that no text is larger as a tree
 * than it is long; so is what stands too deep in other values.
 */
final class Yaml {
  /** Collections in each other; a recipe needs six. */
  private static final int MAX_DEPTH = 64;

  private static final String ADVICE = "write the value out where it is meant";

  private final String place;
  private final Iterator<Event> events;

  private Yaml(String text, String place) {
    this.place = place;
    LoadSettings settings =
        LoadSettings.builder().setLabel(place).setCodePointLimit(RecipeFile.LIMIT).build();
    events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a text.
   *
   * @param place what the message names
   * @return a missing node where the text holds nothing
   * @throws ConvoyException of kind USAGE when it is not YAML, with line and column
   */
  static JsonNode parse(String text, String place) {
    try {
      return new Yaml(text, place).document();
    } catch (MarkedYamlEngineException e) {
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "%s: not valid YAML: %s"
              .formatted(
                  position(place, e.getProblemMark().orElse(null)), context + e.getProblem()),
          e);
    } catch (ReaderException e) {
      String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "%s, line %d: not valid YAML: the character U+%04X is not allowed; write it as an"
                  + " escape in double quotes",
              place,
              line,
              e.getCodePoint()),
          e);
    } catch (YamlEngineException e) {
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "%s: not valid YAML: it is of another version than 1.2, or longer than %s characters"
              .formatted(place, RecipeFile.LIMIT),
          e);
    }
  }

  private JsonNode document() {
    events.next(); // the stream's start
    Event start = events.next();
    if (!(start instanceof DocumentStartEvent document)) {
      return MissingNode.getInstance();
    }
    document
        .getSpecVersion()
        .filter(version -> version.getMajor() != 1 || version.getMinor() != 2)
        .ifPresent(
            version -> {
              throw refuse(
                  start,
                  "%%YAML %s is another version: only 1.2 is read",
                  version.getRepresentation());
            });
    JsonNode value = value(events.next(), 0);
    events.next(); // the document's end
    Event behind = events.next();
    if (behind instanceof DocumentStartEvent) {
      throw refuse(behind, "a second document begins, and only one is read");
    }
    return value;
  }

  private JsonNode value(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw refuse(event, "values stand more than %d deep in each other", MAX_DEPTH);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    if (event instanceof SequenceStartEvent list) {
      requireTag(list, list.getTag().orElse(YamlScalars.LIST), YamlScalars.LIST);
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Event next = events.next(); !ends(next); next = events.next()) {
        array.add(value(next, depth + 1));
      }
      return array;
    }
    if (event instanceof MappingStartEvent mapping) {
      requireTag(mapping, mapping.getTag().orElse(YamlScalars.MAPPING), YamlScalars.MAPPING);
      return mapping(depth);
    }
    throw refuseAlias(event);
  }

  private static boolean ends(Event event) {
    return event.getEventId() == Event.ID.SequenceEnd || event.getEventId() == Event.ID.MappingEnd;
  }

  private ObjectNode mapping(int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Map<String, Integer> lines = new HashMap<>();
    for (Event next = events.next(); !ends(next); next = events.next()) {
      String key = key(next);
      Integer before = lines.putIfAbsent(key, line(next));
      if (before != null) {
        throw refuse(
            next, "the key '%s' stands twice, in line %d and in line %d", key, before, line(next));
      }
      object.set(key, value(events.next(), depth + 1));
    }
    return object;
  }

  private String key(Event event) {
    if (event instanceof AliasEvent) {
      throw refuseAlias(event);
    }
    if (!(event instanceof ScalarEvent scalar)) {
      throw refuse(event, "a key is text; this is a list or a mapping");
    }
    if (YamlScalars.isMerge(scalar)) {
      throw refuse(event, "the merge key << is not read: %s", ADVICE);
    }
    scalar(scalar); // for its tag
    return scalar.getValue();
  }

  private JsonNode scalar(ScalarEvent scalar) {
    try {
      return YamlScalars.value(scalar);
    } catch (ConvoyException e) {
      throw refuse(scalar, "%s", e.getMessage());
    }
  }

  private void requireTag(Event event, String tag, String known) {
    if (!tag.equals(known) && !tag.equals(YamlScalars.NO_TAG)) {
      throw refuse(event, "the tag %s is not read: %s", YamlScalars.shorthand(tag), "leave it out");
    }
  }

  private ConvoyException refuseAlias(Event event) {
    String alias = event instanceof AliasEvent named ? "*" + named.getAlias() : "this";
    return refuse(event, "the alias %s is not read: %s", alias, ADVICE);
  }

  private ConvoyException refuse(Event event, String format, Object... values) {
    String problem = String.format(Locale.ROOT, format, values);
    return ConvoyException.usage(
        "%s: %s", position(place, event.getStartMark().orElse(null)), problem);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String position(String place, Mark mark) {
    return mark == null
        ? place
        : "%s, line %s, column %s".formatted(place, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
