package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on with another recipe than they were started with. */
final class ResumeTest {
  private final Commands commands = new Commands();

  @TempDir Path folder;

  private Path recipe;
  private IdxFolder data;

  @BeforeEach
  void writeRecipeAndData() throws IOException {
    recipe = Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
    data = IdxFolder.sound(folder.resolve("data"));
  }

  @Test
  void aRunMadeLongerIsOneThatWasMeantToBeLonger() throws IOException {
    train("long", "--set", "epochs=3");
    train("short", "--set", "epochs=1");
    assertNotEquals(result("long").get("weightsSha256"), result("short").get("weightsSha256"));
    train("short", "--resume", "--set", "epochs=3");
    assertEquals(12, result("short").get("steps").asInt());
    assertEquals(result("long").get("weightsSha256"), result("short").get("weightsSha256"));
  }

  /** What was said for one resume is forgotten at the next: the run is over, and stays as it is. */
  @Test
  void aRunMadeLongerStaysSo() throws IOException {
    train("run", "--set", "epochs=1");
    train("run", "--resume", "--set", "epochs=3");
    JsonNode longer = result("run");
    train("run", "--resume");
    assertEquals(longer, result("run"));
  }

  @Test
  void whatTheWeightsDependOnStays() {
    train("run", "--set", "maxSteps=2");
    refuses(
        "'optimizer.momentum' may not change on resume, since the weights depend on it; it was 0.9,"
            + " now it is 0.5: set it back, or start a new run with another --out",
        "--set",
        "optimizer.momentum=0.5");
    refuses(
        "'batchSize' may not change on resume, since the weights depend on it; it was 10, now it is"
            + " 20: set it back",
        "--set",
        "batchSize=20");
    refuses(
        "'schedule.type' may not change on resume, since the weights depend on it; it was"
            + " \"constant\", now it is \"cosine\": set it back",
        "--set",
        "schedule={type: cosine, rate: 0.01}");
  }

  /** As a driver leaves it that is killed between its claim and {@code run.json}. */
  @Test
  void aRunThatWasNeverFullyCreatedIsCreatedByItsRecipe() throws IOException {
    train("run", "--set", "maxSteps=2");
    Path run = folder.resolve("run");
    Path killed = folder.resolve("killed");
    Files.createDirectories(killed.resolve(".owners"));
    String claim = ".owners/generation-000000001";
    Files.copy(run.resolve(claim), killed.resolve(claim));
    commands.fails(
        Commands.USAGE,
        List.of(arguments("killed")),
        "killed holds a run that was never fully created (it has no run.json), claimed by generation"
            + " 1 on host ",
        "; unless that driver is at work, create it with the same recipe and --resume");
    commands.fails(
        Commands.USAGE,
        List.of("train", "--resume", "--out", killed.toString()),
        "; name its recipe beside --resume, to create it");
    train("killed", "--resume", "--set", "maxSteps=2");
    assertEquals(result("run").get("weightsSha256"), result("killed").get("weightsSha256"));
  }

  private void train(String run, String... further) {
    assertEquals(0, commands.run(arguments(run, further)), commands::err);
  }

  private void refuses(String message, String... further) {
    List<String> all = new ArrayList<>(List.of("--resume"));
    all.addAll(List.of(further));
    commands.fails(Commands.USAGE, List.of(arguments("run", all.toArray(String[]::new))), message);
  }

  private String[] arguments(String run, String... further) {
    String out = folder.resolve(run).toString();
    String images = data.folder().toString();
    List<String> all = new ArrayList<>();
    all.addAll(List.of("train", recipe.toString(), "--data", images, "--out", out));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  private JsonNode result(String run) throws IOException {
    Path file = folder.resolve(run).resolve("result.json");
    return JsonMapper.builder().build().readTree(file.toFile());
  }
}
