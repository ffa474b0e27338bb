package io.convoy.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with the class path of this one: one vector shape a JVM is the rule. */
public final class ForkedJava {
  private static final long SECONDS = 120;

  private ForkedJava() {}

  /** What {@code main} prints in a JVM that is forced to a provider: "scalar", or lanes of simd. */
  public static String withKernels(String provider, Class<?> main) throws Exception {
    List<String> options = new ArrayList<>();
    if (provider.equals("scalar")) {
      options.add("-Dconvoy.kernels=scalar");
    } else {
      options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      options.addAll(List.of("-Dconvoy.kernels=simd", "-Dconvoy.lanes=" + provider));
    }
    return run(options, main);
  }

  private static String run(List<String> options, Class<?> main)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    Path output = Files.createTempFile("forked", ".out");
    Path errors = Files.createTempFile("forked", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      try {
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "ended in time: " + command);
      } finally {
        process.destroyForcibly();
      }
      assertEquals(0, process.exitValue(), Files.readString(errors, StandardCharsets.UTF_8));
      return Files.readString(output, StandardCharsets.UTF_8).trim();
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  /** Surefire may start from a jar that only points to the class path: it keeps the real one. */
  private static String classPath() {
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? System.getProperty("java.class.path") : real;
  }
}
