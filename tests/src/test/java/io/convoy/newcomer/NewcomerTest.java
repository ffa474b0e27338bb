package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newcomer's path: README.md's commands in a fresh clone, in order and word for word. What has to
 * differ is done around them: the recipe is edited to a shorter training, the data set's files lie
 * where fetch would put them, and a training that the README resumes is killed first.
 */
@Tag("slow")
@Tag("data")
class NewcomerTest {
  /** 128 for a signal, 9 for this one. */
  private static final int KILLED = 137;

  private static final int STEPS_OF_A_CHECKPOINT = 50;

  /** HDFS, its pages, Spark's master, its pages: what scripts/cluster takes by default. */
  private static final List<Integer> PORTS = List.of(8020, 9870, 7077, 8080);

  private final Map<String, String> printed = new LinkedHashMap<>();

  @TempDir Path folder;

  private Shell shell;
  private Readme readme;

  @BeforeEach
  void cloneTheProject() throws Exception {
    Path real = folder.toRealPath();
    shell =
        new Shell(
            Files.createDirectory(real.resolve("convoy")),
            Files.createDirectory(real.resolve("besides")));
    FreshClone.into(shell);
    readme = Readme.of(shell.folder().resolve("README.md"));
  }

  @AfterEach
  void leaveNothing() throws Exception {
    // once more, as a worker may have started another executor in between
    for (List<ProcessHandle> left = shell.processes(); !left.isEmpty(); left = shell.processes()) {
      for (ProcessHandle process : left) {
        process.destroyForcibly();
        process.onExit().get(1, TimeUnit.MINUTES);
      }
    }
  }

  @Test
  void everyCommandOfTheReadme() throws Exception {
    follow(readme.commands("Start"));
    assertTrue(accuracy("scripts/convoy train") > 97);

    follow(readme.commands("A real training"));
    theTrainingIsTheRecipes();

    for (int port : PORTS) {
      assumeTrue(isFree(port), () -> "skipped from here on, as port " + port + " is taken");
    }
    follow(readme.commands("A cluster to try things on"));
    theClusterHasTheSameWeights();
    nothingRunsAnyMore();
  }

  /** Runs the commands; one that a later one resumes is killed. */
  private void follow(List<String> commands) throws Exception {
    for (String command : commands) {
      if (commands.contains(command + " --resume")) {
        killAfterACheckpoint(command);
      } else {
        printed.put(command, shell.succeeds(command));
      }
    }
  }

  private void killAfterACheckpoint(String command) throws Exception {
    Path run = shell.folder().resolve(wordAfter("--out", command));
    Shell.Running training = shell.start(command);
    while (checkpoints(run).isEmpty() && training.process().isAlive()) {
      // looked at often: the folder that a watch would need is not there yet
      training.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    ProcessHandle driver = training.tree().filter(NewcomerTest::isDriver).findFirst().orElseThrow();
    assertTrue(driver.destroyForcibly());
    assertEquals(KILLED, training.exitCode(), training::toString);
    assertFalse(Files.exists(run.resolve("result.json")), training::toString);
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().command().filter(program -> program.endsWith("/java")).isPresent();
  }

  private static List<String> checkpoints(Path run) throws IOException {
    Path folder = run.resolve("checkpoints");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("step-\\d{9}"))
          .toList();
    }
  }

  private void theTrainingIsTheRecipes() throws IOException {
    String fetched = printedBy("scripts/convoy fetch");
    assertEquals(4, fetched.lines().filter(l -> l.endsWith(": is there, as published")).count());

    String summary = printedBy("scripts/convoy summary");
    Path recipe = shell.folder().resolve("conf/recipes/fashion-mnist.yaml");
    List<String> layers = all("- \\{name: (\\w+),", Files.readString(recipe));
    assertFalse(layers.isEmpty());
    layers.forEach(layer -> assertTrue(all("(?m)^ *(\\w+) ", summary).contains(layer), summary));

    List<String> resumed = all("training: steps (\\d+) to ", printedBy(".* --resume"));
    int first = Integer.parseInt(resumed.get(0));
    assertTrue(first > 1 && first % STEPS_OF_A_CHECKPOINT == 1, resumed::toString);

    assertEquals(accuracy(".* --resume"), accuracy("scripts/convoy evaluate"));
    assertTrue(accuracy("scripts/convoy evaluate") > 75);
    assertTrue(accuracy("scripts/convoy evaluate") < 95);

    // killed and resumed in one process, and never stopped on two executors
    List<String> hashes = all("\"weightsSha256\" *: *\"(\\w{64})\"", printedBy("grep"));
    assertEquals(2, hashes.size(), printedBy("grep"));
    assertEquals(hashes.get(0), hashes.get(1));
  }

  private void theClusterHasTheSameWeights() throws IOException {
    String text = printedBy("scripts/cluster hdfs dfs -cat .*");
    JsonNode onHdfs = JsonMapper.builder().build().readTree(text.substring(text.indexOf('{')));
    assertEquals(2, onHdfs.get("executors").asInt(), text);
    Path result = shell.folder().resolve("runs/fm/result.json");
    JsonNode here = JsonMapper.builder().build().readTree(Files.readString(result));
    assertEquals(here.get("weightsSha256"), onHdfs.get("weightsSha256"));
    assertEquals(here.get("testAccuracy"), onHdfs.get("testAccuracy"));
  }

  /** Executors notice for themselves that their worker has ended. */
  private void nothingRunsAnyMore() throws Exception {
    for (ProcessHandle process : shell.processes()) {
      process.onExit().get(1, TimeUnit.MINUTES);
    }
    assertEquals(List.of(), shell.processes());
  }

  /** The accuracy in percent that a command ends with. */
  private double accuracy(String command) {
    List<String> told = all("(?m)^test accuracy +([\\d.]+) %", printedBy(command));
    assertEquals(1, told.size(), printedBy(command));
    return Double.parseDouble(told.get(0));
  }

  /** What the only command printed that starts so. */
  private String printedBy(String command) {
    List<String> found =
        printed.keySet().stream()
            .filter(given -> Pattern.compile(command).matcher(given).lookingAt())
            .toList();
    assertEquals(1, found.size(), () -> command + " in " + printed.keySet());
    return printed.get(found.get(0));
  }

  private static String wordAfter(String option, String command) {
    return all(option + " (\\S+)", command).get(0);
  }

  /** The first group of each match. */
  private static List<String> all(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException e) {
      return false;
    }
  }
}
