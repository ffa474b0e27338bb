package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Spark as it is installed, its {@code bin/spark-submit} reduced to what Spark's own does, over
 * the jars that Convoy was built with; and {@code scripts/convoy}, which submits by it.
 *
 * @param home its {@code SPARK_HOME}
 */
record InstalledSpark(Path home) {
  private static final long MINUTES = 5;

  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      export SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd) SPARK_SCALA_VERSION=2.13
      words=()
      while IFS= read -r -d '' word; do
        words+=("${word#$'\\n'}")
      done < <("$JAVA_HOME/bin/java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
        org.apache.spark.deploy.SparkSubmit "$@")
      ((${#words[@]} > 1)) || exit 1
      exec "${words[@]:1}"
      """;

  /** Installs it; Convoy has to be built. */
  static InstalledSpark in(Path home) throws IOException {
    Path program = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(program, SUBMIT);
    assertTrue(program.toFile().setExecutable(true));
    Files.createSymbolicLink(
        home.resolve("jars"), Path.of("../launcher/target/spark-home/jars").toRealPath());
    return new InstalledSpark(home);
  }

  /** Calls {@code scripts/convoy}, as a user does. */
  ClusterScript.Ended convoy(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("bash", Path.of("../scripts/convoy").toAbsolutePath().toString()));
    words.addAll(List.of(arguments));
    Path output = Files.createTempFile(home.getParent(), "convoy", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    // what surefire sets for executors of the tests' own sessions
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "ended in time: " + words);
    } finally {
      process.destroy();
    }
    return new ClusterScript.Ended(process.exitValue(), Files.readString(output));
  }
}
