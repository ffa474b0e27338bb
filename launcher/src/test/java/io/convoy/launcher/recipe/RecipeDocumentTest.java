package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.recipe.RecipeDocument.Row;
import io.convoy.schedule.Schedule;
import io.convoy.trainer.ResumeRules;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/recipes.md} against the code: names, types, defaults, ranges, resume, examples. */
final class RecipeDocumentTest {
  /** A default that the table of types gives. */
  private static final String BY_TYPE = "by type";

  private final List<KeySection> sections = KeyList.sections();
  private RecipeDocument document;

  @BeforeEach
  void read() throws IOException {
    document = RecipeDocument.read();
  }

  @Test
  void itHasEveryKeyAndNoOther() {
    Set<String> documented = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    for (KeySection section : sections) {
      rowsOf(section).keySet().forEach(key -> documented.add(section.pathOf(key)));
      section.components().keySet().forEach(key -> known.add(section.pathOf(key)));
    }
    assertSame(known, documented);
    Set<String> places = new TreeSet<>(document.paths());
    places.removeAll(Set.of("network", "network.layers"));
    sections.forEach(
        section -> places.removeAll(List.of(section.path(), shared(section), sharedType(section))));
    assertEquals(Set.of(), places, "tables that belong nowhere");
  }

  /** A network is no record: it is read by hand, and so are the names and inputs of layers. */
  @Test
  void itHasTheKeysOfNetworks() {
    Map<String, KeySection.Key> keys = KeyList.current();
    for (String path : List.of("network", "network.layers")) {
      Set<String> known = path.equals("network") ? RecipeKeys.OF_NETWORKS : RecipeKeys.OF_NODES;
      assertEquals(
          new TreeSet<>(known),
          document.rows(path).stream()
              .map(Row::key)
              .collect(Collectors.toCollection(TreeSet::new)));
      for (Row row : document.rows(path)) {
        KeySection.Key key = keys.get(path + "." + row.key());
        assertEquals(key, new KeySection.Key(row.cell("type"), row.cell("default")), row::key);
      }
    }
  }

  @Test
  void itHasEveryTypeAndNoOther() {
    Map<String, Set<String>> known = new TreeMap<>();
    for (KeySection section : sections) {
      if (section.path().endsWith("]")) {
        known.computeIfAbsent(shared(section), path -> new TreeSet<>()).add(section.type());
      }
    }
    known.forEach(
        (path, types) -> assertSame(types, document.types().getOrDefault(path, Set.of())));
    assertSame(known.keySet(), document.types().keySet());
  }

  @Test
  void itHasTheSizesOfTheZoo() {
    for (String name : Architecture.names()) {
      long parameters = Architecture.named(name).network().layout().trainedParameters();
      String told = String.format(Locale.ROOT, "%,d parameters", parameters);
      String row =
          document.text().lines().filter(l -> l.startsWith("| `" + name)).findFirst().get();
      assertTrue(row.contains(told), () -> told + " expected: " + row);
    }
  }

  @Test
  void itHasEveryNameAndNoOther() {
    Set<String> known = new TreeSet<>();
    for (KeySection section : sections) {
      for (String key : section.components().keySet()) {
        String type = section.typeOf(key);
        if (type.startsWith("mapping or one of ")) {
          known.addAll(List.of(type.substring("mapping or one of ".length()).split(", ")));
        }
      }
    }
    assertSame(known, document.names());
  }

  /** None is given twice, or for a key that has one for all types. */
  @Test
  void defaultsByTypeAreThoseThatTheKeysAskFor() {
    Set<String> asked = new TreeSet<>();
    for (KeySection section : sections) {
      for (Row row : document.rows(shared(section))) {
        if (row.cell("default").equals(BY_TYPE)) {
          asked.add("%s[%s].%s".formatted(shared(section), section.type(), row.key()));
        }
      }
    }
    assertSame(asked, document.defaults().keySet());
  }

  @Test
  void typesAreThoseOfTheRecords() {
    forEachKey(
        (section, row) -> {
          String type = row.cell("type");
          String choice = String.join(", ", RecipeDocument.codes(row.cell("allowed")));
          String written = type.endsWith("one of") ? type + " " + choice : type;
          assertEquals(section.typeOf(row.key()), written);
        });
  }

  /** Writing the default must be the same as writing nothing. */
  @Test
  void defaultsAreThoseOfTheRecords() {
    forEachKey(
        (section, row) -> {
          String written = row.cell("default");
          Optional<JsonNode> standard = section.standardOf(row.key());
          if (standard.isEmpty() || standard.get().isNull()) {
            assertEquals(KeyList.words(standard), written);
            return;
          }
          ObjectNode least = section.leastFor(row.key());
          JsonNode without = section.read(least);
          String code = RecipeDocument.codes(written).get(0);
          JsonNode value = least.has(code) ? least.get(code) : Yaml.parse(code, "default");
          assertEquals(without, section.read(least.set(row.key(), value)));
        });
  }

  /** The values at the borders of each range are taken or refused as the table has it. */
  @Test
  void rangesAreThoseThatAreChecked() {
    List<String> tried = new ArrayList<>();
    forEachKey(
        (section, row) -> {
          String range = row.cell("allowed");
          if (range.isEmpty() || row.cell("type").endsWith("one of")) {
            return;
          }
          ObjectNode object = section.leastWith(row.key());
          AllowedValues values = AllowedValues.of(range, row.cell("type"), object);
          for (JsonNode good : values.good()) {
            section.read(object.deepCopy().set(row.key(), good));
          }
          for (JsonNode bad : values.bad()) {
            JsonNode wrong = object.deepCopy().set(row.key(), bad);
            JsonProcessingException error =
                assertThrows(
                    JsonProcessingException.class, () -> section.read(wrong), wrong::toString);
            assertTrue(error.getCause() instanceof ConvoyException, error::toString);
          }
          tried.add(section.pathOf(row.key()));
        });
    assertTrue(tried.size() > 50, () -> "ranges tried: " + tried);
  }

  @Test
  void whatMayChangeOnResumeIsWhatTheCodeLets() {
    for (Row row : document.rows("")) {
      Map<Boolean, List<String>> by = schedulesByRule(row.key());
      String rule = by.size() == 2 ? "depends" : by.containsKey(true) ? "may change" : "fixed";
      assertEquals(rule, row.cell("on resume"), row::key);
      if (by.size() == 2) {
        assertEquals(
            by.get(false), RecipeDocument.codes(row.cell("meaning")), "the schedules that fix it");
      }
    }
  }

  /** What stands in a mapping goes by its rule, unless the text says otherwise. */
  @Test
  void keysWithinAMappingFollowItOnResume() {
    String text = document.text().substring(document.text().indexOf("## On resume"));
    for (KeySection section : sections) {
      String top = section.path().split("[.\\[]", 2)[0];
      for (String key : top.isEmpty() ? Set.<String>of() : section.components().keySet()) {
        String path = top + "." + key;
        if (!schedulesByRule(path).equals(schedulesByRule(top))) {
          assertTrue(text.contains("`" + path + "`"), path);
        }
      }
    }
  }

  @Test
  void examplesAreRecipes() {
    assertFalse(document.examples().isEmpty());
    for (String example : document.examples()) {
      ObjectNode recipe = KeyList.sections().get(0).leastFor("name");
      recipe.setAll((ObjectNode) Yaml.parse(example, "docs/recipes.md"));
      assertDoesNotThrow(() -> RecipeReader.recipe(recipe, "docs/recipes.md", List.of()), example);
    }
  }

  @Test
  void eachPartHasAnExample() {
    Set<String> parts = new TreeSet<>();
    for (String example : document.examples()) {
      Yaml.parse(example, "docs/recipes.md").fieldNames().forEachRemaining(parts::add);
    }
    Set<String> headings = new TreeSet<>();
    document.text().lines().filter(line -> line.startsWith("## `")).forEach(headings::add);
    headings.removeIf(heading -> parts.contains(RecipeDocument.codes(heading).get(0)));
    assertEquals(Set.of(), headings);
  }

  @Test
  void retiredKeysAreThere() {
    String text = document.text().substring(document.text().indexOf("## Keys that are gone"));
    for (RetiredKey retired : RetiredKeys.ALL.keys()) {
      assertTrue(text.contains("`" + retired.path() + "`"), retired::path);
    }
    assertEquals(RetiredKeys.ALL.keys().isEmpty(), text.contains("So far there is none."));
  }

  private static void assertSame(Set<String> known, Set<String> documented) {
    Set<String> missing = new TreeSet<>(known);
    missing.removeAll(documented);
    assertEquals(Set.of(), missing, "not in docs/recipes.md");
    Set<String> unknown = new TreeSet<>(documented);
    unknown.removeAll(known);
    assertEquals(Set.of(), unknown, "in docs/recipes.md alone");
  }

  private interface KeyCheck {
    void check(KeySection section, Row row) throws JsonProcessingException;
  }

  private void forEachKey(KeyCheck check) {
    for (KeySection section : sections) {
      Map<String, Row> rows = rowsOf(section);
      rows.keySet().retainAll(section.components().keySet());
      rows.forEach(
          (key, row) ->
              assertDoesNotThrow(
                  () -> check.check(section, row), () -> section.pathOf(key) + ": " + row));
    }
  }

  /** The rows of a section by key; those of a type go before those of all types. */
  private Map<String, Row> rowsOf(KeySection section) {
    Map<String, Row> rows = new LinkedHashMap<>();
    String shared = shared(section);
    if (!shared.equals("network.layers")) {
      document.rows(shared).forEach(row -> rows.put(row.key(), row));
    }
    document.rows(sharedType(section)).forEach(row -> rows.put(row.key(), row));
    document.rows(section.path()).forEach(row -> rows.put(row.key(), row));
    rows.replaceAll(
        (key, row) ->
            row.cell("default").equals(BY_TYPE)
                ? row.withDefault(
                    document.defaults().get("%s[%s].%s".formatted(shared, section.type(), key)))
                : row);
    return rows;
  }

  /** The path without types: where what all types have in common stands. */
  private static String shared(KeySection section) {
    return section.base() == Architecture.class
        ? "network.type"
        : section.path().replaceAll("\\[[^]]*]", "");
  }

  /** The same of its own type, where it is one: {@code network.layers.initializer[normal]}. */
  private static String sharedType(KeySection section) {
    return section.path().endsWith("]")
        ? shared(section) + "[" + section.type() + "]"
        : shared(section);
  }

  /** The types of schedules with which a key may change on resume, and those with which not. */
  private Map<Boolean, List<String>> schedulesByRule(String key) {
    return sections.stream()
        .filter(section -> section.base() == Schedule.class)
        .collect(
            Collectors.groupingBy(
                section ->
                    ResumeRules.mayChange(key, (Schedule) section.value(section.least().get(0))),
                Collectors.mapping(KeySection::type, Collectors.toList())));
  }
}
