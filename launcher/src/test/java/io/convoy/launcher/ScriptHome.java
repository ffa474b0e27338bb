package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scripts in a folder where they find nothing to build, and a Java that is a script of the
 * test's own: what they give to a JVM, and what they make of its words.
 */
final class ScriptHome {
  /** Waits for the words of the JVM itself, too, which may be on their way when it has ended. */
  private static final String TO_THE_END =
      "exec 3>&1; words=$(\"$@\" 2>&1 >&3); code=$?; printf %s \"$words\" >&2; exit $code";

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private final Path folder;

  /**
   * @param folder is empty
   * @param body what Java does once it is to run Convoy
   */
  ScriptHome(Path folder, String body) throws IOException {
    this.folder = folder;
    for (String module : List.of("core", "spark-trainer", "launcher")) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.createFile(folder.resolve(module + "/pom.xml"));
    }
    copy("pom.xml");
    copy("scripts");
    Files.createDirectories(folder.resolve("conf/recipes"));
    Files.createDirectories(folder.resolve("launcher/target/spark-home/jars"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/bash
        case $1 in
          -version) echo 'openjdk version "25.0.1"' >&2 ;;
          --describe-module) printf 'java.base@25\\nexports java.lang\\ncontains sun.nio.ch\\n' ;;
          *)
        %s
            ;;
        esac
        """
            .formatted(body.strip()));
    assertTrue(java.toFile().setExecutable(true));
    // last, so that it is newer than what it is made of
    Files.createFile(folder.resolve("launcher/target/convoy-0.jar"));
  }

  private void copy(String name) throws IOException {
    Path source = CHECKOUT.resolve(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(name).resolve(source.relativize(file).toString()));
      }
    }
  }

  ForkedLauncher convoy(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + folder.resolve("jdk")));
    command.addAll(List.of("bash", "-c", TO_THE_END, "bash"));
    command.addAll(List.of("bash", folder.resolve("scripts/convoy").toString()));
    command.addAll(List.of(arguments));
    return ForkedLauncher.run(command, environment);
  }
}
