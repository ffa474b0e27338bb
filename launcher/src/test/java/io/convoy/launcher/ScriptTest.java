package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is said before Convoy itself can run: by {@code scripts/convoy}, and by its jar alone. */
final class ScriptTest {
  private static final String SCRIPT = Path.of("../scripts/convoy").toAbsolutePath().toString();

  @TempDir Path folder;

  @Test
  void aJavaHomeThatIsNone() throws Exception {
    ForkedLauncher script = convoy(Map.of("JAVA_HOME", "/no/such/jdk"));
    assertEquals(4, script.exitCode());
    assertTrue(
        script
            .err()
            .startsWith(
                "convoy: JAVA_HOME=/no/such/jdk has no bin/java: point it to a JDK, 17 or later"),
        script::err);
    assertEquals(1, script.err().lines().count());
  }

  @Test
  void aJavaThatIsTooOld() throws Exception {
    java("echo 'openjdk version \"1.8.0_402\"' >&2");
    ForkedLauncher script = convoy(Map.of("JAVA_HOME", folder.toString()));
    assertEquals(4, script.exitCode());
    assertEquals(
        "convoy: %s/bin/java is Java 8, but Convoy needs 17 or later: set JAVA_HOME to a newer JDK."
            .formatted(folder),
        script.err().strip());
  }

  @Test
  void aJavaThatDoesNotRun() throws Exception {
    java("exit 1");
    ForkedLauncher script = convoy(Map.of("JAVA_HOME", folder.toString()));
    assertEquals(4, script.exitCode());
    assertEquals(
        "convoy: %s/bin/java does not run: set JAVA_HOME to a JDK, 17 or later.".formatted(folder),
        script.err().strip());
  }

  /** The jar by itself, as {@code java -jar} has it: one line, no stack trace. */
  @Test
  void withoutSparkOnTheClassPath() throws Exception {
    String classes =
        Stream.of(Main.class, CommandLine.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(":"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ForkedLauncher launcher =
        ForkedLauncher.run(List.of(java, "-cp", classes, Main.class.getName(), "train"), Map.of());
    assertEquals(4, launcher.exitCode());
    assertEquals(
        "convoy: Spark is not on the class path: start Convoy by scripts/convoy, or by"
            + " spark-submit --class io.convoy.launcher.Main JAR, with a Spark 4.2 that brings"
            + " Hadoop",
        launcher.err().strip());
  }

  private void java(String body) throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + body + "\n");
    assertTrue(java.toFile().setExecutable(true));
  }

  private static ForkedLauncher convoy(Map<String, String> environment)
      throws IOException, InterruptedException {
    return ForkedLauncher.run(List.of("bash", SCRIPT, "doctor"), environment);
  }
}
