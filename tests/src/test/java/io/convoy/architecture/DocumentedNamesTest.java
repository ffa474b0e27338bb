package io.convoy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents and their pictures name is there: classes and members, packages, files. */
class DocumentedNamesTest {
  private static final Path ROOT = Path.of("..");

  /** In code of a document: a class, perhaps with a member. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");

  /** In a picture: what is drawn in the style of code. */
  private static final Pattern DRAWN =
      Pattern.compile("<(?:text|tspan) class=\"[^\"]*\\bcode\\b[^\"]*\"[^>]*>([^<]+)<");

  private static final Pattern CODE = Pattern.compile("`([a-z][a-z.]*)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  /** Classes of others. */
  private static final Set<String> FOREIGN = Set.of("FloatVector", "Math", "StrictMath");

  @Test
  void everyClassThatADocumentNamesIsThere() throws IOException {
    Map<String, String> sources = sources();
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (Path document : documents(".md")) {
      Matcher code = CLASS.matcher(withoutFences(Files.readString(document)));
      while (code.find()) {
        boolean there = isThere(sources, code.group(1), code.group(2));
        seen++;
        if (!there) {
          missing.add(document.getFileName() + ": " + code.group());
        }
      }
    }
    assertEquals(Set.of(), missing, "named in a document, and not in the code");
    assertTrue(seen > 50, "names seen: " + seen);
  }

  @Test
  void everyClassThatAPictureNamesIsThere() throws IOException {
    Map<String, String> sources = sources();
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (Path picture : documents(".svg")) {
      Matcher drawn = DRAWN.matcher(Files.readString(picture));
      while (drawn.find()) {
        seen++;
        if (!sources.containsKey(drawn.group(1))) {
          missing.add(picture.getFileName() + ": " + drawn.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing, "named in a picture, and not in the code");
    assertTrue(seen > 30, "names seen: " + seen);
  }

  /** Seen on white and on black, by whoever has no network. */
  @Test
  void picturesStandForThemselves() throws IOException {
    for (Path picture : documents(".svg")) {
      String text = Files.readString(picture).replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
      assertFalse(text.contains("http"), picture + " asks for something elsewhere");
      assertTrue(text.contains("prefers-color-scheme: dark"), picture + " has no dark colours");
      assertTrue(text.contains("sans-serif"), picture + " names no font that is everywhere");
    }
  }

  @Test
  void everyPackageStandsInTheTable() throws IOException {
    Set<String> told =
        Files.readString(ROOT.resolve("ARCHITECTURE.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("## Packages"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .flatMap(line -> CODE.matcher(line).results())
            .map(code -> code.group(1))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (String module : List.of("core", "spark-trainer", "launcher")) {
      Path root = ROOT.resolve(module).resolve("src/main/java/io/convoy");
      for (Path source : files(root, ".java")) {
        String name = root.relativize(source.getParent()).toString().replace('/', '.');
        if (!told.contains(name)) {
          missing.add(name);
        }
      }
    }
    assertEquals(Set.of(), missing, "not in ARCHITECTURE.md's table of packages");
  }

  @Test
  void everyLinkToAFileLeadsThere() throws IOException {
    Set<String> broken = new TreeSet<>();
    for (Path document : documents(".md")) {
      Matcher link = LINK.matcher(withoutFences(Files.readString(document)));
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(document.getFileName() + ": " + link.group(1));
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  private static List<Path> documents(String ending) throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(ending)).forEach(documents::add);
      }
    }
    assertFalse(documents.isEmpty());
    return documents;
  }

  /** The text of each source file, of tests too, by the name of its class. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module :
        List.of("core", "spark-trainer", "launcher", "tests", "tests/benchmarks")) {
      for (Path source : files(ROOT.resolve(module).resolve("src"), ".java")) {
        String file = source.getFileName().toString();
        sources.merge(file.replace(".java", ""), Files.readString(source), String::concat);
      }
    }
    return sources;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static boolean isThere(Map<String, String> sources, String name, String member) {
    String source = sources.getOrDefault(name, "");
    boolean hasMember =
        member == null || Pattern.compile("\\b" + member + "\\b").matcher(source).find();
    return FOREIGN.contains(name) || (!source.isEmpty() && hasMember);
  }

  private static String withoutFences(String text) {
    return text.replaceAll("(?ms)^```.*?^```$", "");
  }
}
