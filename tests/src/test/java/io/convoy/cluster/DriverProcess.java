package io.convoy.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A driver in a process of its own; its lines are read by the test. */
final class DriverProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  /** The arguments are those of {@link DriverMain}. */
  DriverProcess(Path data, Path run, String how, int epochs, long until) throws IOException {
    this(
        DriverMain.class,
        "1g",
        data.toString(),
        run.toString(),
        how,
        Integer.toString(epochs),
        Long.toString(until));
  }

  DriverProcess(Class<?> main, String heap, String... arguments) throws IOException {
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
    command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
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

  /** Stops it where it stands, as a machine does that swaps or is moved; it knows nothing of it. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on. */
  void proceed() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", name, pid).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("kill %s %s ended with %s".formatted(name, pid, code));
    }
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
