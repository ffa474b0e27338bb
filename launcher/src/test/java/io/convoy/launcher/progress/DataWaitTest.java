package io.convoy.launcher.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataWaitTest {
  private static Recipe recipe(String data, String further) {
    String text =
        """
        name: photographs
        data: %s
        network: {type: resnet-20, input: [64, 64, 3], classes: 2}
        batchSize: 32
        epochs: 2
        optimizer: {type: sgd}
        schedule: {type: constant, rate: 0.05}
        %s
        """
            .formatted(data, further);
    return RecipeReader.recipe(RecipeReader.tree(new RecipeFile("", "", text)), "", List.of());
  }

  @Test
  void aShortWaitIsTold() {
    Recipe recipe = recipe("{format: folders, size: 64}", "");
    assertEquals("0.0 % of the steps' time", DataWait.inSum(0.0004, recipe));
    assertEquals("4.9 % of the steps' time", DataWait.inSum(0.0494, recipe));
  }

  /** What the recipe has already is not recommended. */
  @Test
  void aLongWaitComesWithAdvice() {
    assertEquals(
        "5.0 % of the steps' time; it is less with a packed set (convoy pack), data.decode: fit (in a"
            + " new run), more executors, or more cores for each",
        DataWait.inSum(0.05, recipe("{format: folders, size: 64}", "")));
    assertEquals(
        "12.3 % of the steps' time; it is less with a packed set (convoy pack), more executors, or"
            + " more cores for each",
        DataWait.inSum(0.123, recipe("{format: folders, size: 64, decode: fit}", "")));
    assertEquals(
        "12.3 % of the steps' time; it is less with data.decode: fit (in a new run), more executors,"
            + " or more cores for each",
        DataWait.inSum(0.123, recipe("{format: pack, size: 64}", "")));
    assertEquals(
        "100.0 % of the steps' time; it is less with sync: peers (which reads ahead), more"
            + " executors, or more cores for each",
        DataWait.inSum(1, recipe("{format: cifar10}", "sync: driver")));
  }
}
