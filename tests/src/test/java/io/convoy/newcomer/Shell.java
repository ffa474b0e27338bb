package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A shell in a folder, with the environment of somebody who has a JDK and Maven and nothing else
 * set.
 *
 * @param folder where commands run
 * @param besides for what they print and what killed processes leave
 */
record Shell(Path folder, Path besides) {
  private static final long MINUTES = 15;

  /** What Spark, Hadoop, Convoy and git were told for the test itself is not a newcomer's. */
  private static final List<String> FOREIGN =
      List.of("SPARK_", "HADOOP_", "YARN_", "CONVOY_", "GIT_");

  /**
   * A command on its way.
   *
   * @param command as it was given to bash
   * @param process bash, or what it has become
   * @param file that has all it prints
   */
  record Running(String command, Process process, Path file) {
    /** Waits for its end. */
    int exitCode() throws InterruptedException {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        tree().forEach(ProcessHandle::destroyForcibly);
        throw new AssertionError("not ended after %s minutes: %s".formatted(MINUTES, this));
      }
      return process.exitValue();
    }

    /** The processes of the command. */
    Stream<ProcessHandle> tree() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** The command, and what it has printed. */
    @Override
    public String toString() {
      try {
        return "$ %s%n%s".formatted(command, Files.readString(file));
      } catch (IOException e) {
        return "$ %s%n%s".formatted(command, e);
      }
    }
  }

  /** Starts a command. */
  Running start(String command) throws IOException {
    Path file = Files.createTempFile(besides, "command", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(file.toFile());
    prepare(builder.environment());
    return new Running(command, builder.start(), file);
  }

  private void prepare(Map<String, String> environment) {
    environment.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // what a killed process cannot clean up
    environment.put("SPARK_LOCAL_DIRS", besides.toString());
    environment.put("CONVOY_JAVA_OPTS", "-Djava.io.tmpdir=" + besides);
    // the build in the clone finds what this one has found, and needs no network
    String repository = System.getProperty("localRepository");
    if (repository != null) {
      environment.merge(
          "MAVEN_OPTS", "-Dmaven.repo.local=" + repository, (given, ours) -> given + " " + ours);
    }
  }

  /** Runs a command that has to end well; what it printed. */
  String succeeds(String command) throws IOException, InterruptedException {
    Running running = start(command);
    assertEquals(0, running.exitCode(), running::toString);
    return Files.readString(running.file());
  }

  /** Processes, of whatever parent, whose command names the folder. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().filter(l -> l.contains(folder + "/")).isPresent())
        .toList();
  }
}
