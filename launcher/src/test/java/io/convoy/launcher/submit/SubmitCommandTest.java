package io.convoy.launcher.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.ModuleOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmitCommandTest {
  private static final String MASTER = "spark://h:7077";
  private static final List<String> NOTHING = List.of();

  @Test
  void aStandaloneClusterFromHere() {
    assertEquals(
        """
        /opt/spark/bin/spark-submit \\
          --master spark://h:7077 \\
          --deploy-mode client \\
          --class io.convoy.launcher.Main \\
          --name 'convoy train my net' \\
          --driver-memory 2560m \\
          --executor-memory 2560m \\
          --executor-cores 3 \\
          --total-executor-cores 6 \\
          --conf spark.task.cpus=3 \\
          /opt/convoy.jar \\
          train 'my net.yaml' --out hdfs:///runs/1""",
        Submits.command(MASTER, 2, 3, NOTHING).text());
  }

  @Test
  void aDriverOnAWorkerGetsTheOptionsOfSparksLauncherAndIsWaitedFor() {
    SubmitCommand command =
        Submits.command(
            MASTER,
            2,
            1,
            NOTHING,
            "--deploy-mode",
            "cluster",
            "--conf",
            "spark.driver.extraJavaOptions=-Dmine=1 -Xss2m");
    assertEquals(
        """
        /opt/spark/bin/spark-submit \\
          --master spark://h:7077 \\
          --deploy-mode cluster \\
          --class io.convoy.launcher.Main \\
          --name 'convoy train my net' \\
          --driver-memory 2560m \\
          --executor-memory 2560m \\
          --executor-cores 1 \\
          --total-executor-cores 2 \\
          --conf spark.task.cpus=1 \\
          --conf spark.standalone.submit.waitAppCompletion=true \\
          --conf 'spark.driver.extraJavaOptions=%s -Dmine=1 -Xss2m' \\
          /opt/convoy.jar \\
          train 'my net.yaml' --out hdfs:///runs/1"""
            .formatted(ModuleOptions.all()),
        command.text());
    assertTrue(ModuleOptions.all().contains("--add-modules=jdk.incubator.vector"));
    assertTrue(command.waits());
  }

  @Test
  void whoeverDoesNotWantToWaitSaysSo() {
    SubmitCommand command =
        Submits.command(
            MASTER,
            2,
            1,
            NOTHING,
            "--deploy-mode=cluster",
            "--conf",
            "spark.standalone.submit.waitAppCompletion=false");
    assertFalse(command.waits());
    assertEquals(
        1, command.words().stream().filter(word -> word.contains("waitAppCompletion")).count());
  }

  @Test
  void yarnCountsExecutorsAndBringsTheRecipe() {
    assertEquals(
        """
        /opt/spark/bin/spark-submit \\
          --master yarn \\
          --deploy-mode cluster \\
          --class io.convoy.launcher.Main \\
          --queue night \\
          --name nightly \\
          --driver-memory 2560m \\
          --executor-memory 8g \\
          --executor-cores 4 \\
          --num-executors 3 \\
          --conf spark.executor.memoryOverhead=512m \\
          --conf spark.task.cpus=4 \\
          --conf spark.yarn.appMasterEnv.LC_ALL=C.UTF-8 \\
          --conf spark.yarn.maxAppAttempts=2 \\
          --archives a.zip \\
          --verbose \\
          --files /home/me/my.yaml \\
          /opt/convoy.jar \\
          train 'my net.yaml' --out hdfs:///runs/1""",
        Submits.command(
                "yarn",
                3,
                4,
                List.of("--archives", "a.zip", "--verbose"),
                Optional.of(Path.of("/home/me/my.yaml")),
                "--deploy-mode=cluster",
                "--queue=night",
                "--executor-memory=8g",
                "--conf=spark.yarn.maxAppAttempts=2",
                "--conf=spark.app.name=nightly")
            .text());
  }

  @Test
  void aRecipeJoinsOtherFiles() {
    SubmitCommand command =
        Submits.command(
            "yarn",
            1,
            1,
            List.of("--files", "a,b"),
            Optional.of(Path.of("/c")),
            "--deploy-mode=cluster");
    assertTrue(command.options().contains(List.of("--files", "a,b,/c")), command::text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--master", "--conf", "--driver-java-options", "--executor-memory=9g"})
  void wordsBehindThatWouldUndoIt(String word) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> Submits.command(MASTER, 1, 1, List.of(word, "x")));
    String option = word.replace("=9g", "");
    assertTrue(
        error
            .getMessage()
            .startsWith(
                option + " behind -- would undo what Convoy gives to spark-submit: give --"),
        error.getMessage());
  }

  /** What is shown can be pasted: a shell makes the same words of it. */
  @Test
  void aShellReadsTheWordsBack() throws IOException, InterruptedException {
    SubmitCommand command =
        Submits.command(
            MASTER,
            2,
            1,
            List.of("--jars", "it's a \"jar\" $HOME `x` \\ *.jar"),
            "--conf",
            "spark.a= b  c ");
    String shown = command.text().replace("/opt/spark/bin/spark-submit", "printf '%s\\0' program");
    Process shell = new ProcessBuilder("sh", "-c", shown).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor());
    List<String> words = List.of(read.split("\0"));
    assertEquals(
        command.words().subList(1, command.words().size()), words.subList(1, words.size()));
  }
}
