package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recipes that Convoy comes with have no faults: their networks, schedules and augmentations,
 * on drawn images and small batches of 16 images a shard.
 */
@Tag("slow")
final class SoundRecipesTest {
  private static final Path RECIPES = Path.of("../conf/recipes");

  @TempDir static Path folder;
  private final Commands commands = new Commands();

  /** What warms up for an epoch is trained for a whole one, with a warm-up of a tenth. */
  @ParameterizedTest
  @CsvSource({
    "quickstart, maxSteps=101",
    "mnist, maxSteps=101",
    "fashion-mnist, maxSteps=101",
    "fashion-mnist-100k, epochs=1 --set schedule.warmupEpochs=0.1",
    "fashion-mnist-500k, epochs=1 --set schedule.warmupEpochs=0.1",
    "cifar10, maxSteps=101",
    "resnet20-cifar10, maxSteps=101"
  })
  void noFaultIsFound(String recipe, String length) {
    Path run = folder.resolve(recipe);
    String images = recipe.contains("cifar") ? "colour" : "grey";
    List<String> train =
        new ArrayList<>(List.of("train", RECIPES.resolve(recipe + ".yaml").toString()));
    train.addAll(List.of("--data", folder.resolve(images).toString(), "--out", run.toString()));
    train.addAll(List.of("--executors", "1", "--threads", "2", "--set", "data={format: glyphs}"));
    train.addAll(List.of("--set", "batchSize=32", "--set", "shards=2", "--set"));
    train.addAll(List.of(length.split(" ")));
    assertEquals(0, commands.run(train.toArray(String[]::new)), commands::err);
    assertFalse(commands.err().contains(": look: "), commands::err);
    Commands lint = new Commands();
    assertEquals(0, lint.run("lint", run.toString()), lint::out);
  }
}
