package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster to try things on: real daemons, started, used and ended by the script. */
@Tag("slow")
class ClusterScriptTest {
  private static final int DRIVER_FAILED = 1;
  private static final int USAGE = 2;
  private static final int NOT_ALL_RUNS = 3;
  private static final int RESOURCE = 4;

  @TempDir Path folder;

  private ClusterScript cluster;

  @BeforeEach
  void choose() throws IOException {
    // as the script names it, whatever links lead to it
    cluster = ClusterScript.in(folder.toRealPath().resolve("cluster"));
  }

  @AfterEach
  void leaveNothing() throws Exception {
    cluster.call("stop");
  }

  @Test
  void trainsInClientAndInClusterModeToTheBitsOfThisMachine() throws Exception {
    assertTrue(cluster.start().succeeds().contains(cluster.hdfs()));
    TinyRun tiny = TinyRun.in(Files.createDirectory(folder.resolve("data")));
    cluster.call("hdfs", "dfs", "-put", tiny.folder().toString(), cluster.hdfs() + "/").succeeds();

    String client = submitted(tiny, "client");
    String onWorker = submitted(tiny, "cluster");
    Path run = folder.resolve("run");
    try (LauncherProcess here = LauncherProcess.of(tiny.train(run, "--master", "local[2]"))) {
      here.succeeds();
    }
    assertEquals(TinyRun.result(run).get("weightsSha256").asText(), client);
    assertEquals(client, onWorker);

    aDriverThatFailsOnAWorkerFailsItsSubmission();
    aKilledWorkerComesBack();
    List<ProcessHandle> processes = cluster.processes();
    assertEquals(5, processes.size(), "two of HDFS, three of Spark: " + processes);
    cluster.call("stop").succeeds();
    assertEquals(List.of(), cluster.processes());
    assertTrue(cluster.call("stop").succeeds().startsWith("No cluster runs in "));
  }

  /** The hash of the weights of a run on the cluster, as HDFS has it. */
  private String submitted(TinyRun tiny, String deployMode) throws Exception {
    String run = cluster.hdfs() + "/runs/" + deployMode;
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--deploy-mode", deployMode, "--class", "io.convoy.launcher.Main"));
    arguments.add(jar().toString());
    arguments.addAll(List.of("train", tiny.folder().resolve("tiny.yaml").toString()));
    arguments.addAll(List.of("--data", cluster.hdfs() + "/data", "--out", run));
    arguments.addAll(List.of("--executors", "2"));
    cluster.call("submit", arguments.toArray(String[]::new)).succeeds();
    String text = cluster.call("hdfs", "dfs", "-cat", run + "/result.json").succeeds();
    JsonNode result = JsonMapper.builder().build().readTree(text.substring(text.indexOf('{')));
    assertEquals(2, result.get("executors").asInt(), text);
    return result.get("weightsSha256").asText();
  }

  /** Spark's own client ends with 0 here. */
  private void aDriverThatFailsOnAWorkerFailsItsSubmission() throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--deploy-mode", "cluster", "--class", "io.convoy.launcher.Main"));
    arguments.addAll(List.of(jar().toString(), "train", "no-such-recipe"));
    ClusterScript.Ended submit = cluster.call("submit", arguments.toArray(String[]::new));
    assertEquals(DRIVER_FAILED, submit.exitCode(), submit.output());
    Pattern fate =
        Pattern.compile(
            "cluster: (driver-[0-9-]+), on a worker, is FAILED; what it prints is in (/.+/\\1)\\.");
    List<MatchResult> told =
        submit.output().lines().flatMap(line -> fate.matcher(line).results()).toList();
    assertEquals(1, told.size(), submit.output());
    String log = Files.readString(Path.of(told.get(0).group(2), "stderr"));
    String why = "convoy: there is no recipe 'no-such-recipe'";
    assertTrue(log.contains(why), log);
    assertTrue(submit.output().contains(why), submit.output());
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../launcher/target").toRealPath())) {
      return files
          .filter(file -> file.getFileName().toString().matches("convoy-\\d.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void aKilledWorkerComesBack() throws Exception {
    assertTrue(cluster.start().succeeds().contains(" runs already."));
    ProcessHandle worker = cluster.daemon("worker-2");
    assertTrue(worker.destroyForcibly());
    worker.onExit().get(1, TimeUnit.MINUTES);
    ClusterScript.Ended status = cluster.call("status");
    assertEquals(NOT_ALL_RUNS, status.exitCode());
    assertTrue(status.output().contains("worker-2  does not run; its log is "), status.output());
    cluster.start().succeeds();
    String again = cluster.call("status").succeeds();
    assertTrue(again.contains("2 of 2 workers registered"), again);
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(cluster.ports().get(2), 1, InetAddress.getLoopbackAddress())) {
      cluster
          .start()
          .fails(
              RESOURCE,
              ("cluster: port %s of 127.0.0.1 is taken by another process: stop that, or choose"
                      + " another by --spark-port.")
                  .formatted(taken.getLocalPort()));
    }
    assertEquals(List.of(), cluster.processes());
  }

  @Test
  void nothingIsFormattedWhereBlocksAre() throws Exception {
    Path block = Files.createDirectories(cluster.folder().resolve("hdfs/data")).resolve("block");
    Files.writeString(block, "kept");
    ClusterScript.Ended start = cluster.start();
    assertEquals(RESOURCE, start.exitCode(), start.output());
    assertTrue(
        start.output().contains(" is empty. Nothing was formatted: bring it back"), start.output());
    assertEquals("kept", Files.readString(block));
    assertEquals(List.of(), cluster.processes());
  }

  @Test
  void anotherProcessThatHasADaemonsNumberIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Path pids = Files.createDirectories(cluster.folder().resolve("pids"));
      Files.writeString(pids.resolve("master"), other.pid() + "\n");
      assertTrue(cluster.call("stop").succeeds().startsWith("No cluster runs in "));
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void optionsThatAreNone() throws Exception {
    cluster
        .start("--workers", "0")
        .fails(
            USAGE,
            "cluster: --workers must be a number from 1 to 999; got '0'; scripts/cluster --help"
                + " tells the options.");
  }
}
