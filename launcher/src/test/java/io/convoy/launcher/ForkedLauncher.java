package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command in a process of its own.
 *
 * @param exitCode what it ended with
 * @param out what it printed to stdout
 * @param err what it printed to stderr
 */
record ForkedLauncher(int exitCode, String out, String err) {
  private static final long SECONDS = 180;

  /** Convoy's {@code main} in a JVM with the class path of this one, and these options alone. */
  static ForkedLauncher java(
      List<String> options, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  /** Any command; a variable whose value is empty is taken away. */
  static ForkedLauncher run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("forked", ".out");
    Path err = Files.createTempFile("forked", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      environment.forEach(
          (name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
              builder.environment().put(name, value);
            }
          });
      Process process = builder.start();
      try {
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "ended in time: " + command);
      } finally {
        process.destroyForcibly();
      }
      return new ForkedLauncher(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Surefire may start from a jar that only points to the class path: it keeps the real one. */
  private static String classPath() {
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? System.getProperty("java.class.path") : real;
  }
}
