package io.convoy.launcher.recipe;

import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code docs/recipes.md} says. A heading with a word of code opens a section: {@code ##
 * `clip`} a mapping, {@code ### `sgd`} below {@code ## `optimizer`} a type of it, {@code ###
 * `resizedCrop`} below {@code ## `augmentation`} a mapping in it, {@code #### `normal`} below
 * {@code ### `initializer`} a type of that; {@code ### `a`, `b`} opens both. A table whose first
 * column is called key holds keys, one whose first column is called type the types, and one whose
 * first column is called name the names that stand for a mapping. A table of types has a column for
 * each key whose default goes by the type.
 */
final class RecipeDocument {
  private static final Path FILE = Path.of("../docs/recipes.md");
  private static final Pattern HEADING =
      Pattern.compile("(#{2,4}) (?:(`[\\w-]+`(?:, `[\\w-]+`)*)|.*)");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /** A row of a table of keys: its cells by the words of the table's head. */
  record Row(String path, Map<String, String> cells) {
    String key() {
      return codes(cells.get("key")).get(0);
    }

    String cell(String column) {
      return cells.get(column);
    }

    Row withDefault(String standard) {
      Map<String, String> changed = new LinkedHashMap<>(cells);
      changed.put("default", standard);
      return new Row(path, changed);
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Set<String>> types = new LinkedHashMap<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final Set<String> names = new TreeSet<>();
  private final List<String> examples = new ArrayList<>();
  private final String text;

  private RecipeDocument(String text) {
    this.text = text;
  }

  static RecipeDocument read() throws IOException {
    RecipeDocument document = new RecipeDocument(Files.readString(FILE));
    document.parse();
    return document;
  }

  String text() {
    return text;
  }

  /** The rows of keys below the headings of a section, in their order. */
  List<Row> rows(String path) {
    return rows.stream().filter(row -> row.path().equals(path)).toList();
  }

  Set<String> paths() {
    return rows.stream().map(Row::path).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The types that tables of types name, by section. */
  Map<String, Set<String>> types() {
    return types;
  }

  /** The defaults that tables of types give: {@code network.type[lenet].classes}. */
  Map<String, String> defaults() {
    return defaults;
  }

  /** The names that tables of names hold. */
  Set<String> names() {
    return names;
  }

  /** The texts of all blocks of YAML. */
  List<String> examples() {
    return examples;
  }

  /** What stands between backticks. */
  static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private void parse() {
    String part = "";
    List<String> paths = List.of("");
    List<String> sections = List.of("");
    List<String> head = null;
    StringBuilder example = null;
    for (String line : text.lines().toList()) {
      if (example != null) {
        if (line.equals("```")) {
          examples.add(example.toString());
          example = null;
        } else {
          example.append(line).append('\n');
        }
        continue;
      }
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        List<String> words = heading.group(2) == null ? List.of("") : codes(heading.group(2));
        int level = heading.group(1).length();
        if (level == 2) {
          part = words.get(0);
          sections = words;
        } else if (level == 3) {
          String of = part;
          sections = words.stream().map(word -> below(of, word)).toList();
        }
        String type = level == 4 ? "[" + words.get(0) + "]" : "";
        paths = sections.stream().map(section -> section + type).toList();
      }
      if (line.equals("```yaml")) {
        example = new StringBuilder();
      }
      if (!line.startsWith("| ")) {
        head = line.startsWith("|--") ? head : null;
      } else if (head == null) {
        head = cells(line);
      } else {
        for (String path : paths) {
          row(path, head, cells(line));
        }
      }
    }
  }

  private static String below(String part, String word) {
    if (part.equals("augmentation")) {
      return Set.of("steps", "mixup", "cutmix", "resizedCrop").contains(word)
          ? part + "." + word
          : part + ".steps[" + word + "]";
    }
    if (part.equals("fineTuning")) {
      return part + "." + word;
    }
    if (!part.equals("network")) {
      return part + "[" + word + "]";
    }
    return switch (word) {
      case "type" -> "network.type";
      case "layers" -> "network.layers";
      case "initializer" -> "network.layers.initializer";
      default ->
          (Architecture.names().contains(word) ? "network" : "network.layers") + "[" + word + "]";
    };
  }

  private void row(String path, List<String> head, List<String> cells) {
    List<String> first = codes(cells.get(0));
    if (head.get(0).equals("name")) {
      names.addAll(first);
      return;
    }
    if (head.get(0).equals("type")) {
      types.computeIfAbsent(path, p -> new TreeSet<>()).addAll(first);
      for (int i = 1; i < head.size(); i++) {
        for (String key : codes(head.get(i))) {
          defaults.put(path + "[" + first.get(0) + "]." + key, cells.get(i));
        }
      }
      return;
    }
    Map<String, String> byName = new LinkedHashMap<>();
    for (int i = 0; i < head.size(); i++) {
      byName.put(head.get(i), cells.get(i));
    }
    rows.add(new Row(path, byName));
  }

  private static List<String> cells(String line) {
    String[] cells = line.substring(1).split("\\|", -1);
    return List.of(cells).subList(0, cells.length - 1).stream().map(String::strip).toList();
  }
}
