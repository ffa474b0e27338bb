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
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees, and what a program does, of checks of the quick start and its kin. */
final class CheckCommandTest {
  private static final String RECIPE =
      """
      data: {format: glyphs}
      augmentation: {cropPadding: 1}
      network: "INPUT(16,16,1) => CONV(8) => BN => RELU => POOL => FC(10)"
      batchSize: 50
      epochs: 2
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.02}
      """;

  private final Commands commands = new Commands();

  @TempDir static Path folder;
  private static Path recipe;

  /** The first command draws the images, and says so. */
  @BeforeAll
  static void write() throws IOException {
    recipe = Files.writeString(folder.resolve("glyphs.yaml"), RECIPE);
    assertTrue(new Commands().run(arguments("--minutes", "0.0001")) <= 1);
  }

  private static String[] arguments(String... further) {
    List<String> all = new ArrayList<>(List.of("check", recipe.toString(), "--threads", "2"));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  @Test
  void aSoundRecipeIsGoodInEightyColumns() {
    assertEquals(0, commands.run(arguments()), () -> commands.out() + commands.err());
    List<String> lines = commands.out().lines().toList();
    assertEquals(
        List.of(
            "initial loss",
            "gradient",
            "overfit",
            "dead rectifiers",
            "update ratios",
            "learning rate"),
        lines.stream()
            .filter(line -> line.startsWith("good  "))
            .map(line -> line.substring(6, 21).strip())
            .toList());
    lines.forEach(line -> assertTrue(line.length() <= 80, line));
    assertTrue(lines.contains("weights          update/weight"), commands::out);
    assertTrue(
        lines.get(lines.size() - 1).matches("6 good, 0 to look at, in \\d+ seconds"),
        commands::out);
    assertNull(SparkEnv.get());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void whatIsToBeLookedAtIsToldWithWhatToDo() {
    assertEquals(1, commands.run(arguments("--set", "schedule.rate=100")), commands::err);
    List<String> lines = commands.out().lines().toList();
    int rate = indexOf(lines, "look  learning rate");
    assertTrue(
        lines.stream().skip(rate).anyMatch(line -> line.startsWith(" ".repeat(22) + "-> ")),
        commands::out);
    assertTrue(indexOf(lines, "look  update ratios") < rate);
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("<- look")), commands::out);
  }

  private static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError(start + " is not in " + lines);
  }

  @Test
  void programsGetOneObject() {
    assertEquals(0, commands.run(arguments("--json")), commands::err);
    JsonNode object =
        Json.read(commands.out().getBytes(StandardCharsets.UTF_8), JsonNode.class, "stdout");
    assertTrue(object.get("good").asBoolean());
    assertEquals(6, object.get("checks").size());
    JsonNode loss = object.get("checks").get(0);
    assertEquals("initial loss", loss.get("check").asText());
    assertEquals("good", loss.get("verdict").asText());
    assertEquals(StrictMath.log(10), loss.at("/figures/ofZeros").asDouble(), 1e-6);
    assertEquals(100, object.get("checks").get(5).at("/figures/curve").size());
  }

  @Test
  void whatTakesTooLongIsShortened() {
    int exitCode = commands.run(arguments("--minutes", "0.0001"));
    assertTrue(exitCode <= 1, commands::err);
    assertTrue(commands.out().contains("only 20 of 100 steps, to keep to the time"), commands::out);
  }

  @Test
  void whatIsWrongIsToldInOneLine() {
    commands.fails(
        Commands.USAGE,
        List.of(arguments("--minutes", "0")),
        "--minutes must be above 0 and at most 1000000; got 0.0");
    commands.fails(Commands.USAGE, List.of("check", "nothing"), "there is no recipe 'nothing'");
    commands.fails(
        Commands.USAGE,
        List.of(arguments("--set", "network=INPUT(16,16,1) => FC(9)")),
        "it ends in 9, the data set has 10 classes");
    commands.fails(
        Commands.USAGE,
        List.of("check", "fashion-mnist"),
        "the recipe does not say where its images are");
  }
}
