package io.convoy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No package holds more files than one can keep in view. Layers do not count: they are a sealed
 * family, which lies in one package by the language's rules, one record a file.
 */
class PackageSizeTest {
  private static final List<String> MODULES = List.of("core", "spark-trainer", "launcher");
  private static final int MOST_FILES = 40;

  /** A record that is a layer. */
  private static final Pattern MEMBER =
      Pattern.compile("^public record [^{]*implements (Layer|Activation) ", Pattern.MULTILINE);

  @Test
  void noPackageIsTooLarge() throws IOException {
    Map<String, Long> tooLarge = new TreeMap<>();
    for (String module : MODULES) {
      Map<String, Long> files = filesOfPackages(Path.of("..", module, "src", "main", "java"));
      assertTrue(files.size() > 1, () -> "no packages of " + module + " were found");
      tooLarge.putAll(files);
    }
    tooLarge.values().removeIf(files -> files <= MOST_FILES);
    assertEquals(
        Map.of(),
        tooLarge,
        () ->
            "packages hold at most %s files: split by what changes together, of %s"
                .formatted(MOST_FILES, tooLarge));
  }

  private static Map<String, Long> filesOfPackages(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !isMember(file))
          .collect(
              Collectors.groupingBy(
                  file -> sources.relativize(file.getParent()).toString(), Collectors.counting()));
    }
  }

  private static boolean isMember(Path file) {
    try {
      return MEMBER.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
