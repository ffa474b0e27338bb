package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees, and what a program does, of searches on small images. */
final class SearchCommandTest {
  private static final String RANGE = "schedule.rate=1e-3..1e-1";

  private final Commands commands = new Commands();

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    IdxFolder.sound(folder.resolve("data"));
    Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
  }

  private List<String> arguments(String... further) {
    List<String> all = new ArrayList<>(List.of("search", folder.resolve("tiny.yaml").toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString(), "--threads", "2"));
    all.addAll(List.of(further));
    return all;
  }

  private int run(String... further) {
    return commands.run(arguments(further).toArray(String[]::new));
  }

  private static JsonNode report(Path out) throws IOException {
    return Json.read(Files.readAllBytes(out.resolve("search.json")), JsonNode.class, "it");
  }

  private static List<Integer> numbers(JsonNode trials, String key) {
    return StreamSupport.stream(trials.spliterator(), false)
        .map(trial -> trial.get(key).asInt())
        .toList();
  }

  @Test
  void aSearchEndsInARecipeThatTrains() throws IOException {
    Path out = folder.resolve("search");
    assertEquals(
        0,
        run("--range", RANGE, "--trials", "9", "--max-epochs", "9", "--out", out.toString()),
        commands::err);
    JsonNode report = report(out);
    assertEquals("[1,3,9]", report.get("rungs").toString());
    assertEquals("{\"schedule.rate\":\"log:0.001..0.1\"}", report.get("space").toString());
    JsonNode trials = report.get("trials");
    assertEquals(List.of(9, 3, 3, 1, 1, 1, 1, 1, 1), numbers(trials, "epochs"));
    JsonNode best = trials.get(0);
    assertEquals(best.get("trial"), report.get("best"));
    List<String> lines = commands.out().lines().toList();
    assertTrue(lines.get(0).matches("trial +rate +epochs +loss +accuracy +seconds"), lines.get(0));
    assertTrue(lines.get(2).contains("  best"), lines.get(2));
    assertEquals("Next: scripts/convoy train " + out + "/best.yaml", lines.get(lines.size() - 1));
    assertTrue(commands.err().contains("rung 2 of 3: 3 trials, to epoch 3"), commands::err);
    assertTrue(commands.err().contains("9 of 9: trial "), commands::err);
    assertTrue(commands.err().contains("; the best so far: schedule.rate="), commands::err);
    List<String> files;
    try (var all = Files.list(out)) {
      files = all.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertEquals(
        List.of("best.yaml", "plan.json", "results", "search.json", "trials.csv"),
        files,
        "states of trials are gone");
    String yaml = Files.readString(out.resolve("best.yaml"));
    assertTrue(yaml.startsWith("# Trial " + best.get("trial") + " of convoy search"), yaml);
    assertTrue(yaml.contains("epochs: 2\n"), "the recipe's own length: " + yaml);
    String run = folder.resolve("run").toString();
    assertEquals(
        0,
        commands.run("train", out + "/best.yaml", "--out", run, "--threads", "1"),
        commands::err);
    JsonNode recipe =
        Json.read(Files.readAllBytes(Path.of(run, "run.json")), JsonNode.class, "it").get("recipe");
    assertEquals(
        best.at("/values/schedule.rate").asDouble(), recipe.at("/schedule/rate").asDouble());
    assertFalse(recipe.path("validation").isObject(), "nothing is held back that was not");
  }

  /** The search's own words on what it has searched where nothing is named. */
  @Test
  void withoutRangesWhatTheRecipeHasIsSearched() throws IOException {
    Path out = folder.resolve("search");
    assertEquals(
        0,
        run(
            "--set",
            "optimizer.weightDecay=5e-4",
            "--set",
            "loss={type: softmaxCrossEntropy, labelSmoothing: 0.1}",
            "--trials",
            "2",
            "--max-epochs",
            "1",
            "--folds",
            "2",
            "--json",
            "--out",
            out.toString()),
        commands::err);
    JsonNode printed =
        Json.read(commands.out().getBytes(StandardCharsets.UTF_8), JsonNode.class, "stdout");
    assertEquals(report(out), printed);
    assertEquals(
        "{\"schedule.rate\":\"log:0.001..0.1\",\"optimizer.weightDecay\":\"log:5.0E-5..0.005\","
            + "\"loss.labelSmoothing\":\"linear:0.0..0.2\"}",
        printed.get("space").toString());
    JsonNode first = printed.get("trials").get(0);
    assertTrue(first.get("lossSpread").asDouble() > 0, first::toString);
  }

  /** Trials that differ in a key of a network of the zoo keep its name in the best recipe. */
  @Test
  void filesOfRangesChoicesAndNetworksByName() throws IOException {
    Path space = folder.resolve("space.yaml");
    Files.writeString(space, "batchSize: [5, 10]\noptimizer.momentum: linear:0.5..0.95\n");
    Path out = folder.resolve("search");
    assertEquals(
        0,
        run(
            "--set",
            "network=INPUT(8,8,1) => FC(12) => RELU => FC(10)",
            "--space",
            space.toString(),
            "--trials",
            "4",
            "--min-epochs",
            "2",
            "--max-epochs",
            "2",
            "--seed",
            "3",
            "--out",
            out.toString()),
        commands::err);
    assertEquals(
        "{\"batchSize\":\"[5,10]\",\"optimizer.momentum\":\"linear:0.5..0.95\"}",
        report(out).get("space").toString());
    assertTrue(
        Files.readString(out.resolve("best.yaml"))
            .contains("network: INPUT(8,8,1) => FC(12) => RELU => FC(10)"));
  }

  @Test
  void theBestAtAnEdgeIsWarnedOf() {
    // rates so low that the higher one learns more, always
    assertEquals(
        0,
        run(
            "--range",
            "schedule.rate=1e-9|1e-8|1e-3",
            "--trials",
            "8",
            "--max-epochs",
            "2",
            "--set",
            "schedule.rate=1e-9",
            "--out",
            folder.resolve("search").toString()),
        commands::err);
    assertTrue(
        commands
            .out()
            .contains(
                "warning: the best schedule.rate, 0.001, lies at the upper edge of"
                    + " [1.0E-9,1.0E-8,0.001]: search on with larger values than 0.001, too"),
        commands::out);
  }

  @Test
  void aFailingTrialEndsNothing() throws IOException {
    Path out = folder.resolve("search");
    assertEquals(
        0,
        run(
            "--range",
            "schedule.rate=0.01|1e30",
            "--range",
            "shards=1|4",
            "--trials",
            "6",
            "--max-epochs",
            "1",
            "--out",
            out.toString()),
        commands::err);
    JsonNode report = report(out);
    assertTrue(report.get("failed").asInt() > 0, report::toString);
    JsonNode last = report.get("trials").get(report.get("trials").size() - 1);
    assertEquals(1e30, last.at("/values/schedule.rate").asDouble());
    assertTrue(last.get("failure").asText().contains("loss after step 1 is NaN"), last::toString);
    assertTrue(commands.out().contains(report.get("failed") + " of the trials failed"));
    commands.fails(
        Commands.DATA,
        arguments(
            "--set",
            "schedule.rate=1e30",
            "--range",
            "shards=1|4",
            "--trials",
            "2",
            "--max-epochs",
            "1",
            "--out",
            folder.resolve("all").toString()),
        "all 2 trials failed: ",
        "trials.csv says why each did");
    assertTrue(Files.exists(folder.resolve("all/trials.csv")));
    assertFalse(Files.exists(folder.resolve("all/best.yaml")));
  }

  @Test
  void aSearchThatIsThereGoesOnOrStays() throws IOException {
    Path out = folder.resolve("search");
    String[] same = {
      "--range", RANGE, "--trials", "4", "--max-epochs", "3", "--out", out.toString()
    };
    assertEquals(0, run(same), commands::err);
    String report = Files.readString(out.resolve("search.json"));
    commands.fails(Commands.USAGE, arguments(same), "holds a search already", "--resume");
    Files.delete(out.resolve("search.json"));
    List<String> resumed = new ArrayList<>(arguments(same));
    resumed.add("--resume");
    assertEquals(0, commands.run(resumed.toArray(String[]::new)), commands::err);
    assertTrue(commands.err().contains("going on with the 5 results of"), commands::err);
    assertEquals(report, Files.readString(out.resolve("search.json")), "seconds, too");
    resumed.addAll(List.of("--set", "optimizer.momentum=0.8"));
    commands.fails(Commands.USAGE, resumed, "is of another search");
  }

  @Test
  void whatIsWrongIsToldInOneLine() throws IOException {
    tells("--range schedule.rate=0.1..0.001: a range goes from", "schedule.rate=0.1..0.001");
    tells("--range schedule.rate=x: a range is LOW..HIGH", "schedule.rate=x");
    tells("--range schedule.rate: wants KEY=RANGE", "schedule.rate");
    tells("--range schedule.rate=1|1: choices are two values", "schedule.rate=1|1");
    tells(
        "--range schedule.rat=1..2: with 1, ",
        "schedule.rat=1..2",
        "tiny.yaml: schedule: unknown key 'rat', did you mean 'rate'?");
    tells("--range epochs=1..5: 'epochs' is the same for all trials", "epochs=1..5");
    tells(
        "--range optimizer.momentum=0.5..1.5: with 1.5, ",
        "optimizer.momentum=0.5..1.5",
        "tiny.yaml: ",
        "momentum");
    tells(
        "--range network.layers.9.rate=0..0.5: 'network.layers' is a list of 4 elements",
        "network.layers.9.rate=0..0.5");
    for (String[] wrong :
        new String[][] {
          {"--trials must be at least 2", "--trials", "1"},
          {"--eta must be at least 2", "--eta", "1"},
          {"--folds must be at least 2", "--folds", "0"},
          {"--min-epochs must be at most --max-epochs", "--min-epochs", "3"},
          {"--resume needs --out", "--resume"},
          {"empty.yaml: a space is a mapping of keys to ranges", "--space", "empty.yaml"},
          {"--space nowhere.yaml: there is no such file", "--space", "nowhere.yaml"},
        }) {
      List<String> words = new ArrayList<>(List.of(wrong).subList(1, wrong.length));
      words.replaceAll(word -> word.equals("empty.yaml") ? empty() : word);
      commands.fails(Commands.USAGE, arguments(words.toArray(String[]::new)), wrong[0]);
    }
    Files.writeString(folder.resolve("busy.txt"), "");
    commands.fails(
        Commands.USAGE,
        arguments("--out", folder.toString()),
        "a search's folder must be new or empty");
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  private String empty() {
    try {
      return Files.writeString(folder.resolve("empty.yaml"), "- a\n").toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void tells(String start, String range, String... parts) {
    String[] all = new String[parts.length + 1];
    all[0] = "convoy: " + start;
    System.arraycopy(parts, 0, all, 1, parts.length);
    commands.fails(Commands.USAGE, arguments("--range", range), all);
  }
}
