package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/convoy} gives to Java, and what it lets through of Java's own words. */
class ScriptHomeTest {
  @TempDir Path folder;

  /** In ASCII alone Java writes a question mark for each other letter of a file's name. */
  @Test
  void asciiAloneBecomesUtf8() throws Exception {
    ScriptHome home = new ScriptHome(folder, "echo $LC_ALL,$LC_CTYPE,$LANG");
    Map<String, String> none = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "");
    assertEquals(",C.UTF-8,", home.convoy(none, "doctor").out().strip());
    Map<String, String> ascii = Map.of("LC_ALL", "C", "LC_CTYPE", "", "LANG", "");
    assertEquals("C.UTF-8,,", home.convoy(ascii, "doctor").out().strip());
    Map<String, String> own = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "C.UTF-8");
    assertEquals(",,C.UTF-8", home.convoy(own, "doctor").out().strip());
  }

  /** Each run with executors of its own leaves their folders; another run may be at work. */
  @Test
  void theFoldersOfOldExecutorsGo() throws Exception {
    ScriptHome home = new ScriptHome(folder, "true");
    Path work = folder.toRealPath().resolve("launcher/target/spark-home/work");
    for (int i = 0; i < 9; i++) {
      Files.createDirectories(work.resolve("app-2026010100000%s-0000/0".formatted(i)));
    }
    Process executor =
        new ProcessBuilder("sleep", "1000")
            .directory(work.resolve("app-20260101000001-0000/0").toFile())
            .start();
    try {
      assertEquals(0, home.convoy(Map.of(), "doctor").exitCode());
    } finally {
      executor.destroy();
    }
    List<String> kept = new ArrayList<>(List.of("app-20260101000001-0000"));
    for (int i = 4; i < 9; i++) {
      kept.add("app-2026010100000%s-0000".formatted(i));
    }
    try (Stream<Path> left = Files.list(work)) {
      assertEquals(kept, left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  /** Java warns of each package that is to be opened and is not there. */
  @Test
  void packagesThatJavaDoesNotHaveAreNotOpened() throws Exception {
    List<String> words =
        new ScriptHome(folder, "printf '%s\\n' \"$@\"")
            .convoy(Map.of(), "doctor")
            .out()
            .lines()
            .toList();
    assertTrue(words.contains("--add-opens=java.base/java.lang=ALL-UNNAMED"), words::toString);
    assertTrue(words.contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"), words::toString);
    assertTrue(
        words.contains("--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED"),
        words::toString);
    assertFalse(words.stream().anyMatch(word -> word.contains("sun.security.action")));
    assertEquals("doctor", words.get(words.size() - 1));
  }

  /**
   * Nothing else is kept back: not what stands before it, nor behind it, with or without a line.
   */
  @Test
  void ofTheIncubatorNothingIsSaid() throws Exception {
    String warning = "WARNING: Using incubator modules: jdk.incubator.vector";
    ForkedLauncher end =
        new ScriptHome(
                folder,
                """
                echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=y' >&2
                echo '%s' >&2
                printf 'Error: Could not create the Java Virtual Machine.\\nno end of line' >&2
                exit 7
                """
                    .formatted(warning))
            .convoy(Map.of(), "doctor");
    assertEquals(7, end.exitCode());
    assertEquals("", end.out());
    String said =
        "Picked up JAVA_TOOL_OPTIONS: -Dx=y\nError: Could not create the Java Virtual Machine.\n"
            + "no end of line";
    assertEquals(said, end.err());
  }

  /** They are there when the process has ended, whatever the filter is doing. */
  @Test
  void convoysOwnWordsGoPastTheFilter() throws Exception {
    ForkedLauncher end =
        new ScriptHome(
                folder,
                "for word in \"$@\"; do [[ $word != -Dconvoy.stderr=* ]] ||"
                    + " echo told >&\"${word#*=}\"; done")
            .convoy(Map.of(), "doctor");
    assertEquals("told", end.err());
  }
}
