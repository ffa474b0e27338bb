package io.convoy.launcher.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says before anything is submitted. */
final class SubmissionTest {
  private static final String MASTER = "spark://127.0.0.1:1";

  @TempDir Path folder;

  private final Commands commands = new Commands();
  private Path recipe;
  private Path home;

  @BeforeEach
  void write() throws IOException {
    recipe = Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
    home = folder.resolve("spark");
    Path program = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(program, "#!/bin/sh\nexit 3\n");
    assertTrue(program.toFile().setExecutable(true));
  }

  @Test
  void optionsThatOnlyAClusterGivesAMeaning() {
    for (String option :
        List.of("--dry-run", "--executor-memory=1g", "--queue=q", "--conf=spark.a=b")) {
      String name = option.replaceFirst("=.*", "");
      commands.fails(
          Commands.USAGE,
          List.of("train", recipe.toString(), "--master", "local[2]", option),
          name
              + " is for spark-submit, which is called where --master is spark://HOST:PORT or yarn:"
              + " name one, or leave "
              + name
              + " out");
    }
    commands.fails(
        Commands.USAGE, List.of("train", "--", "--verbose"), "-- is for spark-submit, which is");
    commands.fails(
        Commands.USAGE, List.of("evaluate", "run", "--", "-v"), "-- is for spark-submit, which is");
  }

  @Test
  void pathsOfThisMachineAloneInClusterMode() {
    fails(
        "--out runs/1 is a path below this machine's working directory, but with --deploy-mode"
            + " cluster the driver runs on another machine, in a folder of its own: name a full"
            + " path that all machines see, such as hdfs://HOST/PATH",
        "--deploy-mode=cluster",
        "--out=runs/1");
    fails("--deploy-mode cluster needs --out: the driver runs on", "--deploy-mode=cluster");
    fails(
        "--deploy-mode cluster needs --data: the driver runs on another machine, in a folder of",
        "--deploy-mode=cluster",
        "--out=hdfs://127.0.0.1:1/1");
    fails(
        "--data images is a path below this",
        "--deploy-mode=cluster",
        "--out=hdfs://127.0.0.1:1/1",
        "--data=images");
  }

  @Test
  void classesAreNoJar() {
    fails("what is submitted is Convoy's one jar, but this is Convoy from ", "--data=/images");
  }

  @Test
  void yarnWithoutItsSettings() {
    ConvoyException none =
        assertThrows(ConvoyException.class, () -> Submission.requireHadoop(Map.of()));
    assertEquals(
        "--master yarn needs HADOOP_CONF_DIR or YARN_CONF_DIR: set one to the folder of the"
            + " cluster's yarn-site.xml and core-site.xml",
        none.getMessage());
    ConvoyException wrong =
        assertThrows(
            ConvoyException.class,
            () -> Submission.requireHadoop(Map.of("YARN_CONF_DIR", "/no/such")));
    assertEquals(
        "YARN_CONF_DIR must be the folder of the cluster's yarn-site.xml and core-site.xml; got"
            + " /no/such, which is no folder",
        wrong.getMessage());
    assertDoesNotThrow(
        () -> Submission.requireHadoop(Map.of("HADOOP_CONF_DIR", folder.toString())));
  }

  @Test
  void moreExecutorsThanShards() {
    fails(
        "each executor needs at least one shard; got 5 executors for 4 shards",
        "--data=/images",
        "--executors=5");
  }

  private void fails(String part, String... further) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", recipe.toString(), "--master", MASTER));
    arguments.addAll(List.of("--spark-home", home.toString()));
    arguments.addAll(List.of(further));
    commands.fails(Commands.USAGE, arguments, part);
  }
}
