package io.convoy.launcher.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java that runs, and the one that {@code JAVA_HOME} names. */
record JavaCheck(Surroundings surroundings) implements Check {
  private static final int LEAST = 17;

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        surroundings.javaVersion() >= LEAST
            ? Finding.ok("java", "%s at %s", Runtime.version(), surroundings.javaHome())
            : Finding.fail(
                "java",
                "%s at %s".formatted(surroundings.javaVersion(), surroundings.javaHome()),
                "Convoy needs %s or later: install a newer JDK and set JAVA_HOME to it"
                    .formatted(LEAST)));
    findings.add(
        surroundings
            .variable("JAVA_HOME")
            .map(this::javaHome)
            .orElseGet(() -> Finding.ok("JAVA_HOME", "not set; the java on PATH is used")));
    return findings;
  }

  private Finding javaHome(String named) {
    Path home = Path.of(named);
    String set = "set it to a JDK, such as %s".formatted(surroundings.javaHome());
    if (!Files.isDirectory(home)) {
      return Finding.fail("JAVA_HOME", named + ", which is no folder", set);
    }
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      return Finding.fail("JAVA_HOME", named + ", which has no bin/java", set);
    }
    if (!isSame(home, surroundings.javaHome())) {
      return Finding.warn(
          "JAVA_HOME",
          named + ", which is not the Java that runs",
          "spark-submit and Maven would take that one: set it to %s, or start this by that Java"
              .formatted(surroundings.javaHome()));
    }
    return Finding.ok("JAVA_HOME", "%s", named);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.toRealPath().equals(other.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
