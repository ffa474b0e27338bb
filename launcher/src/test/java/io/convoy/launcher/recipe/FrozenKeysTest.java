package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Recipes outlive the Convoy that they were written for: names, types and defaults of all keys are
 * those of {@code recipe-keys.txt}, whose lines are added to and never taken out. What is no key
 * any more is retired.
 */
final class FrozenKeysTest {
  private static final Path FILE = Path.of("src/test/resources/recipe-keys.txt");

  private static final String ADVICE =
      """
      The keys of recipes are not those of %s.
      Gone:
      %s
      Changed:
      %s
      New:
      %s
      Recipes that people have must go on to mean what they meant (CONTRIBUTING.md, "recipe key"):
      - A new key: add its line to the file and its row to docs/recipes.md. Its default is such that
        an old recipe trains as it did.
      - A key or type that goes, or gets another name: add it to RetiredKeys, with what to write
        instead, and to the end of docs/recipes.md. Its line in the file stays.
      - A choice that gets longer: write its line anew, with all that it had.
      - Another type or default: better make it a new key and retire the old one.
      """;

  @Test
  void keysAreThoseThatRecipesWereWrittenFor() throws IOException {
    Map<String, String> frozen = frozen();
    Set<String> retired =
        RetiredKeys.ALL.keys().stream().map(RetiredKey::path).collect(Collectors.toSet());
    Map<String, String> current = new TreeMap<>();
    KeyList.current()
        .forEach((path, key) -> current.put(path, key.type() + " | " + key.standard()));
    List<String> gone =
        lines(frozen, path -> !current.containsKey(path) && !retired.contains(path));
    List<String> changed =
        lines(
            frozen, path -> !current.getOrDefault(path, frozen.get(path)).equals(frozen.get(path)));
    List<String> added = lines(current, path -> !frozen.containsKey(path));
    if (!(gone.isEmpty() && changed.isEmpty() && added.isEmpty())) {
      fail(ADVICE.formatted(FILE, told(gone), told(changed), told(added)));
    }
  }

  /** Each was a key once, and is none now. */
  @Test
  void whatIsRetiredWasAKey() throws IOException {
    Set<String> frozen = frozen().keySet();
    Set<String> current = KeyList.current().keySet();
    for (RetiredKey retired : RetiredKeys.ALL.keys()) {
      assertTrue(frozen.contains(retired.path()), () -> retired + " was never a key");
      assertFalse(current.contains(retired.path()), () -> retired + " still is a key");
    }
  }

  private static Map<String, String> frozen() throws IOException {
    Map<String, String> frozen = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      if (!line.startsWith("#")) {
        String[] cells = line.split(" \\| ", 2);
        frozen.put(cells[0], cells[1]);
      }
    }
    return frozen;
  }

  private static List<String> lines(Map<String, String> keys, Predicate<String> wanted) {
    return keys.keySet().stream()
        .filter(wanted)
        .map(path -> path + " | " + keys.get(path))
        .toList();
  }

  private static String told(List<String> lines) {
    return lines.isEmpty() ? "  nothing" : "  " + String.join("\n  ", lines);
  }
}
