package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help and version, everywhere. */
final class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "report",
        "board",
        "predict",
        "explain",
        "ensemble",
        "export",
        "import",
        "pack",
        "preview",
        "check",
        "lint",
        "search",
        "summary",
        "fetch",
        "doctor",
        "completion"
      })
  void everyCommandHasHelpWithExamples(String command) {
    for (String option : List.of("--help", "-h")) {
      Invocation help = Invocation.of(command, option);
      assertEquals(0, help.exitCode());
      assertEquals("", help.err());
      assertTrue(help.out().contains("Usage: convoy " + command), help.out());
      assertTrue(help.out().contains("Examples:"), help.out());
      help.lines().stream()
          .dropWhile(line -> !line.equals("Examples:"))
          .skip(1)
          .forEach(line -> assertTrue(line.startsWith("  "), () -> "an example wraps: " + line));
    }
    Invocation version = Invocation.of(command, "--version");
    assertEquals(Invocation.of("--version").out(), version.out());
  }

  /** Picocli tells of a text that it cannot format on the process's own error stream. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "report",
        "board",
        "predict",
        "explain",
        "ensemble",
        "export",
        "import",
        "pack",
        "check",
        "lint",
        "search",
        "summary",
        "fetch",
        "doctor",
        "completion"
      })
  void everyTextIsFormatted(String command) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      Invocation.of(command, "--help");
    } finally {
      System.setErr(before);
    }
    assertEquals("", told.toString(StandardCharsets.UTF_8));
  }

  /** A command that nobody wrote an example for would show here. */
  @Test
  void theHelpOfAllNamesEveryCommand() {
    Invocation help = Invocation.of("--help");
    List<String> commands =
        help.lines().stream()
            .dropWhile(line -> !line.startsWith("Commands:"))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .filter(line -> line.charAt(2) != ' ')
            .map(line -> line.strip().split("\\s+")[0])
            .toList();
    assertEquals(
        List.of(
            "train",
            "evaluate",
            "report",
            "board",
            "predict",
            "explain",
            "ensemble",
            "export",
            "import",
            "pack",
            "preview",
            "check",
            "lint",
            "search",
            "summary",
            "fetch",
            "doctor",
            "completion"),
        commands);
  }

  @Test
  void theVersionNamesCodeNumericsAndJava() {
    Invocation version = Invocation.of("--version");
    assertEquals(0, version.exitCode());
    assertTrue(
        version
            .out()
            .strip()
            .matches(
                "convoy \\S.*, numerics version \\d+, Java "
                    + Pattern.quote(Runtime.version().toString())),
        version.out());
  }
}
