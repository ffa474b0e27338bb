package io.convoy.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@link DriverMain} at work; its lines are read by the test. */
final class DriverProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  DriverProcess(Path data, Path run, String how) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option :
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--")
          || option.startsWith("-XX:+Ignore")
          || option.startsWith("-Dlog4j")) {
        command.add(option);
      }
    }
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(DriverMain.class.getName(), data.toString(), run.toString(), how));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines = process.inputReader();
  }

  /** Reads lines up to the first that fits; null when the process ends before. */
  String await(Predicate<String> wanted) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (wanted.test(line)) {
        return line;
      }
    }
    return null;
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
