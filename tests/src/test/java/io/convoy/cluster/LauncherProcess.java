package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.launcher.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The command line in a process of its own, as a user runs it: what its JVM lacks, what its shell
 * forbids and all that it prints, log and JVM included, are the test's to see. Its output is read
 * as one stream.
 */
public final class LauncherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader reader;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param shell goes before the command in a shell, such as {@code ulimit -f 16;}; may be empty
   * @param without options of this JVM that start so are left out; empty for none
   */
  LauncherProcess(String shell, String without, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", shell + " exec \"$@\"", "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      boolean wanted =
          Stream.of("--", "-XX:+Ignore", "-Dlog4j", "-Dio.netty").anyMatch(option::startsWith);
      if (wanted && (without.isEmpty() || !option.startsWith(without))) {
        command.add(option);
      }
    }
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-Dconvoy.progress=plain", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = process.inputReader();
  }

  public static LauncherProcess of(List<String> arguments) throws IOException {
    return new LauncherProcess("", "", arguments);
  }

  /** Reads up to the first line that fits. */
  void await(Predicate<String> wanted) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (wanted.test(line)) {
        return;
      }
    }
    throw new AssertionError("it ended before: " + output());
  }

  /** Ends it by a signal, and reads what it has to say from then on. */
  List<String> stop() throws IOException, InterruptedException {
    int before = lines.size();
    process.toHandle().destroy(); // Process.destroy would close the streams
    end();
    return List.copyOf(lines.subList(before, lines.size()));
  }

  /** Reads to the end: it fails with this exit code and one line that holds all of these parts. */
  void fails(int exitCode, String... parts) throws IOException, InterruptedException {
    assertEquals(exitCode, end(), this::output);
    List<String> errors = lines.stream().filter(LauncherProcess::isError).toList();
    assertEquals(1, errors.size(), this::output);
    for (String part : parts) {
      assertTrue(errors.get(0).contains(part), () -> "wanted: " + part + "\nin: " + output());
    }
    assertTrue(errors.get(0).startsWith("convoy: "), this::output);
  }

  /** Reads to the end, which is a good one. */
  public String succeeds() throws IOException, InterruptedException {
    assertEquals(0, end(), this::output);
    return output();
  }

  /** An error, told or logged, or a part of a stack trace. */
  private static boolean isError(String line) {
    return line.startsWith("convoy: ")
        || line.startsWith("\tat ")
        || line.contains(" ERROR ")
        || line.contains("Exception in thread");
  }

  private int end() throws IOException, InterruptedException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
    }
    return process.waitFor();
  }

  private String output() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
