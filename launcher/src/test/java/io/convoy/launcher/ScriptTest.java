package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/convoy} says before any Java runs. */
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
