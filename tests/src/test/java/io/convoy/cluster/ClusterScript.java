package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code scripts/cluster} with a folder and ports of its own, as a user calls it.
 *
 * @param folder the cluster's, {@code --dir}
 * @param ports of HDFS, its pages, Spark's master, its pages
 */
record ClusterScript(Path folder, List<Integer> ports) {
  private static final long MINUTES = 10;

  /**
   * What a call came to.
   *
   * @param exitCode what it ended with
   * @param output what it printed, to stdout and stderr
   */
  record Ended(int exitCode, String output) {
    /** Its output, if it went well. */
    String succeeds() {
      assertEquals(0, exitCode, output);
      return output;
    }

    /** It failed with this exit code, and its last line is this one. */
    void fails(int code, String line) {
      assertEquals(code, exitCode, output);
      assertEquals(line, output.lines().reduce("", (before, last) -> last));
    }
  }

  static ClusterScript in(Path folder) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int port = 0; port < 4; port++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return new ClusterScript(folder, sockets.stream().map(ServerSocket::getLocalPort).toList());
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  String hdfs() {
    return "hdfs://127.0.0.1:" + ports.get(0);
  }

  /** Starts it with two workers. */
  Ended start(String... further) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--hdfs-port", ports.get(0).toString()));
    arguments.addAll(List.of("--hdfs-web-port", ports.get(1).toString()));
    arguments.addAll(List.of("--spark-port", ports.get(2).toString()));
    arguments.addAll(List.of("--spark-web-port", ports.get(3).toString()));
    arguments.addAll(List.of(further));
    return call("start", arguments.toArray(String[]::new));
  }

  /** Calls a command for this cluster's folder. */
  Ended call(String command, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("bash", Path.of("../scripts/cluster").toAbsolutePath().toString()));
    words.addAll(List.of(command, "--dir", folder.toString()));
    words.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder.getParent(), "cluster", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "ended in time: " + words);
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  /** The process of a daemon, such as {@code worker-1}. */
  ProcessHandle daemon(String name) throws IOException {
    String pid = Files.readString(folder.resolve("pids").resolve(name)).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Processes whose command names the folder: daemons, executors and drivers on workers. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().filter(l -> l.contains(folder + "/")).isPresent())
        .toList();
  }
}
