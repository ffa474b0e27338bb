package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy train --master spark://…}: an installed Spark submits to a real cluster. */
@Tag("slow")
class SubmittedTrainingTest {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final int RESOURCE = 4;

  @TempDir Path folder;

  private ClusterScript cluster;
  private InstalledSpark spark;
  private TinyRun tiny;

  @BeforeEach
  void prepare() throws Exception {
    Path real = folder.toRealPath();
    cluster = ClusterScript.in(real.resolve("cluster"));
    spark = InstalledSpark.in(real.resolve("spark"));
    tiny = TinyRun.in(Files.createDirectory(real.resolve("data")));
  }

  @AfterEach
  void leaveNothing() throws Exception {
    cluster.call("stop");
    Files.delete(spark.home().resolve("jars")); // a link
  }

  private void start() throws Exception {
    cluster.start().succeeds();
    cluster.call("hdfs", "dfs", "-put", tiny.folder().toString(), cluster.hdfs() + "/").succeeds();
    withoutDriverOptions();
  }

  /** A cluster of the user's own has no options for drivers: the command has to give them. */
  private void withoutDriverOptions() throws Exception {
    Path defaults = cluster.folder().resolve("conf/spark-defaults.conf");
    String kept =
        Files.readString(defaults)
            .lines()
            .filter(line -> !line.startsWith("spark.driver."))
            .reduce("", (before, line) -> before + line + "\n");
    Files.writeString(defaults, kept);
  }

  @Test
  void trainsInClientAndInClusterModeToTheBitsOfThisMachine() throws Exception {
    start();
    String client = trained("client");
    String away = trained("cluster");
    Path run = folder.resolve("run");
    try (LauncherProcess here = LauncherProcess.of(tiny.train(run, "--master", "local[2]"))) {
      here.succeeds();
    }
    assertEquals(TinyRun.result(run).get("weightsSha256").asText(), client);
    assertEquals(client, away);

    ClusterScript.Ended evaluated =
        spark.convoy(
            "evaluate",
            run("client"),
            "--data",
            cluster.hdfs() + "/data",
            "--master",
            master(),
            "--executors",
            "2");
    assertTrue(evaluated.succeeds().contains("test accuracy "), evaluated::output);

    ClusterScript.Ended failed =
        spark.convoy(words("client", "other", "--set", "data.format=cifar10"));
    assertEquals(DATA, failed.exitCode(), failed.output());
    assertTrue(failed.output().contains("data_batch_1.bin"), failed.output());

    // found out before a session starts
    ClusterScript.Ended taken = spark.convoy(words("client"));
    assertEquals(USAGE, taken.exitCode(), taken.output());
    assertTrue(taken.output().contains(run("client") + " holds another run"), taken.output());

    // spark-submit itself ends with 0: the run that is there already is the driver's error
    ClusterScript.Ended again = spark.convoy(words("cluster"));
    assertEquals(RESOURCE, again.exitCode(), again.output());
    assertTrue(
        again
            .output()
            .contains(
                "the driver on the cluster ended without a new "
                    + run("cluster")
                    + "/result.json,"),
        again.output());
  }

  /** Nothing listens there, and nothing is asked. */
  @Test
  void aDryRunStartsNothing() throws Exception {
    String output = spark.convoy(words("client", "client", "--dry-run")).succeeds();
    assertTrue(
        output.contains(
            "%s/bin/spark-submit \\\n  --master %s \\\n  --deploy-mode client \\\n"
                .formatted(spark.home(), master())),
        output);
    assertTrue(
        output.contains("  train " + tiny.folder().resolve("tiny.yaml") + " --data "), output);
    assertTrue(output.contains("convoy: executor memory  1g: state "), output);
  }

  /** The hash of the weights of a run on the cluster, as HDFS has it. */
  private String trained(String mode) throws Exception {
    String output = spark.convoy(words(mode)).succeeds();
    assertTrue(output.contains("convoy: executors        2 with 1 core each "), output);
    String text = cluster.call("hdfs", "dfs", "-cat", run(mode) + "/result.json").succeeds();
    JsonNode result = JsonMapper.builder().build().readTree(text.substring(text.indexOf('{')));
    assertEquals(2, result.get("executors").asInt(), text);
    assertEquals("simd", result.get("kernels").asText(), text);
    return result.get("weightsSha256").asText();
  }

  private String[] words(String mode) {
    return words(mode, mode);
  }

  private String[] words(String mode, String run, String... further) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", tiny.folder().resolve("tiny.yaml").toString()));
    words.addAll(List.of("--data", cluster.hdfs() + "/data", "--out", run(run)));
    words.addAll(List.of("--master", master(), "--deploy-mode", mode, "--executors", "2"));
    words.addAll(List.of(further));
    return words.toArray(String[]::new);
  }

  private String run(String name) {
    return cluster.hdfs() + "/runs/" + name;
  }

  private String master() {
    return "spark://127.0.0.1:" + cluster.ports().get(2);
  }
}
