package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees, and what a program does, of runs of the quick start's kin. */
@Tag("slow")
final class LintCommandTest {
  private static final String RECIPE =
      """
      name: small
      data: {format: glyphs}
      augmentation: {cropPadding: 1}
      validation: {share: 0.1}
      network: >-
        INPUT(16,16,1) => CONV(16) => BN => RELU => POOL => CONV(32) => BN => RELU => POOL => FC(10)
      batchSize: 64
      shards: 2
      epochs: 3
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: cosine, rate: 0.03, warmupEpochs: 0.2}
      """;

  private final Commands commands = new Commands();

  @TempDir static Path folder;
  private static Path recipe;
  private static Path good;

  /** The first command draws the images. */
  @BeforeAll
  static void train() throws IOException {
    recipe = Files.writeString(folder.resolve("small.yaml"), RECIPE);
    good = folder.resolve("good");
    Commands commands = new Commands();
    assertEquals(0, commands.run(training(good)), commands::err);
    assertFalse(commands.err().contains(": look: "), commands::err);
  }

  private static String[] training(Path run, String... further) {
    List<String> all = new ArrayList<>(List.of("train", recipe.toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString(), "--out", run.toString()));
    all.addAll(List.of("--executors", "1", "--threads", "2"));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  private JsonNode json(Path run, int exitCode, String... further) {
    List<String> all = new ArrayList<>(List.of("lint", run.toString(), "--json"));
    all.addAll(List.of(further));
    assertEquals(exitCode, commands.run(all.toArray(String[]::new)), commands::err);
    return Json.readFile(commands.out().getBytes(StandardCharsets.UTF_8), JsonNode.class, "");
  }

  private static List<String> faults(JsonNode report) {
    return StreamSupport.stream(report.path("faults").spliterator(), false)
        .map(fault -> fault.path("fault").asText())
        .toList();
  }

  @Test
  void aGoodRunHasNoFault() {
    assertEquals(0, commands.run("lint", good.toString()), commands::out);
    List<String> lines = commands.out().lines().toList();
    lines.forEach(line -> assertTrue(line.length() <= 80 || line.contains(" of file:"), line));
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("no fault found in 255 steps and 3 validations of "), commands::out);
    assertNull(SparkEnv.get());
  }

  @Test
  void theSameForPrograms() {
    JsonNode report = json(good, 0);
    assertTrue(report.path("good").asBoolean(), report::toString);
    assertEquals(255, report.path("steps").asInt(), report::toString);
    assertEquals(List.of(), faults(report));
  }

  @Test
  void aRunWhoseFolderAloneIsRead() {
    JsonNode report = json(good, 0, "--no-data");
    assertEquals(
        "the images were not looked at",
        report.at("/notLookedFor/leaked images").asText(),
        report::toString);
    assertTrue(report.path("notes").toString().contains("--no-data"), report::toString);
  }

  /** It is told while it trains, and by lint: of a training that has ended by itself. */
  @Test
  void aTrainingThatDiverges() throws IOException {
    Path run = folder.resolve("diverged");
    commands.run(training(run, "--set", "schedule={type: constant, rate: 1e10}"));
    List<String> found = faults(json(run, 1));
    assertTrue(found.contains("rate too high"), found::toString);
    String metrics = Files.readString(run.resolve("metrics.jsonl"));
    assertTrue(metrics.contains("\"diverged\":"), metrics);
  }

  /** Two images a shard, and means for bytes: told before the first epoch is over, each once. */
  @Test
  void faultsAreToldWhileTraining() {
    Path run = folder.resolve("faulty");
    String[] arguments =
        training(
            run,
            "--set",
            "maxSteps=40",
            "--set",
            "batchSize=16",
            "--set",
            "shards=8",
            "--set",
            "standardization={mean: [127.5], deviation: [127.5]}");
    assertEquals(0, commands.run(arguments), commands::err);
    List<String> told = commands.err().lines().filter(line -> line.contains(": look: ")).toList();
    assertEquals(2, told.size(), commands::err);
    assertTrue(told.get(0).contains("step 1: look: small shards: batchSize 16"), told::toString);
    assertTrue(told.get(1).contains("step 1: look: pixel range: channel 0"), told::toString);
    List<String> found = faults(json(run, 1));
    assertTrue(found.containsAll(List.of("small shards", "pixel range")), found::toString);
    assertEquals(1, commands.run("lint", run.toString()));
    assertTrue(commands.out().contains("small shards          batchSize 16"), commands::out);
    assertTrue(commands.out().contains("                      -> fewer shards"), commands::out);
  }

  @Test
  void whatCannotBe() throws IOException {
    commands.fails(
        Commands.USAGE,
        List.of("lint", good.toString(), "--no-data", "--data", "here"),
        "--no-data leaves images out, and --data names some: give one of them");
    commands.fails(
        Commands.USAGE, List.of("lint", folder.resolve("nothing").toString()), "nothing");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Commands other = new Commands();
    int exitCode = other.run("lint", good.toString(), "--data", empty.toString());
    assertTrue(exitCode > 1, other::out);
    assertTrue(other.err().contains(empty.toString()), other::err);
  }

  /** A run that has just begun, a line that is torn, images that were taken away. */
  @Test
  void whatIsMissingIsTold() throws IOException {
    Path run = Files.createDirectories(folder.resolve("begun"));
    String description = Files.readString(good.resolve("run.json"));
    Files.writeString(
        run.resolve("run.json"),
        description.replace(folder.resolve("data").toString(), folder.resolve("gone").toString()));
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":1,\"lo\n");
    JsonNode report = json(run, 0);
    assertEquals(0, report.path("steps").asInt(), report::toString);
    String notes = report.path("notes").toString();
    assertTrue(notes.contains("1 lines of the metrics cannot be read"), notes);
    assertTrue(notes.contains("gone") && notes.contains("--data names their folder"), notes);
    assertEquals(13, report.path("notLookedFor").size(), report::toString);
    assertEquals(
        "the training has not come to its end",
        report.at("/notLookedFor/underfitting").asText(),
        report::toString);
    assertEquals(0, commands.run("lint", run.toString()), commands::err);
    assertTrue(commands.out().contains("not looked for        "), commands::out);
  }

  /** As older releases wrote it: neither ranks nor layers, and without an end. */
  @Test
  void aRunOfAnOlderRelease() throws IOException {
    Path run = Files.createDirectories(folder.resolve("older"));
    Files.copy(good.resolve("run.json"), run.resolve("run.json"));
    List<String> lines =
        Files.readAllLines(good.resolve("metrics.jsonl")).stream()
            .filter(line -> line.contains("\"loss\":"))
            .map(line -> line.replaceAll(",\"ranks\":\\[[^]]*]", ""))
            .toList();
    Files.write(run.resolve("metrics.jsonl"), lines);
    JsonNode report = json(run, 0);
    assertEquals(255, report.path("steps").asInt(), report::toString);
    assertEquals(
        List.of(
            "dead rectifiers",
            "update sizes",
            "overfitting",
            "underfitting",
            "labels lost",
            "slow executor"),
        fields(report.path("notLookedFor")),
        report::toString);
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
