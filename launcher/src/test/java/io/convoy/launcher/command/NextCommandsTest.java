package io.convoy.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.session.Placement;
import io.convoy.recipe.Recipe;
import io.convoy.trainer.TrainingJob;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class NextCommandsTest {
  private static final NextCommands DEFAULT = new NextCommands(null, null, List.of());

  @Test
  void theRecipeThatWasTrainedIsTrainedAgain() {
    NextCommands own =
        new NextCommands("my recipe.yaml", "/my/images", List.of("seed=2", "data={limit: 1}"));
    assertEquals(
        List.of(
            "Next: scripts/convoy evaluate runs/1",
            "      the same bits on two executors: scripts/convoy train 'my recipe.yaml' --data"
                + " /my/images --set seed=2 --set 'data={limit: 1}' --executors 2"),
        own.after(job("runs/1", false, 1), placement(null, 1)));
    assertEquals(
        "      the same bits on one executor: scripts/convoy train --executors 1",
        DEFAULT.after(job("runs/1", false, 2), placement(null, 2)).get(1));
  }

  /** What a run was before it was resumed, no command tells; a cluster's folders are not here. */
  @Test
  void whereTheCommandIsNotKnownNoneIsTold() {
    List<String> evaluate = List.of("Next: scripts/convoy evaluate runs/1");
    assertEquals(evaluate, DEFAULT.after(job("runs/1", true, 1), placement(null, 1)));
    assertEquals(evaluate, DEFAULT.after(job("runs/1", false, 1), placement("yarn", 1)));
  }

  @Test
  void anInterruptedRunIsNamed() {
    assertEquals(
        "interrupted; it goes on from its last checkpoint by: scripts/convoy train --resume --out"
            + " 'runs/my 1'",
        NextCommands.afterInterruption(job("runs/my 1", false, 1), placement(null, 1)));
    assertEquals(
        "interrupted; it goes on from its last checkpoint by: scripts/convoy train --resume --out"
            + " runs/1 --executors 2",
        NextCommands.afterInterruption(job("runs/1", false, 2), placement(null, 2)));
    assertEquals(
        "interrupted; the same command with --resume --out runs/1 goes on from the last checkpoint",
        NextCommands.afterInterruption(job("runs/1", false, 2), placement("yarn", 2)));
  }

  private static Placement placement(String master, int executors) {
    return Placement.of(master, executors, 1, new SparkConf(false), 2);
  }

  private static TrainingJob job(String run, boolean resume, int executors) {
    RecipeFile file = RecipeFile.find(RecipeFile.DEFAULT, Optional.empty());
    Recipe recipe = RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
    return new TrainingJob(recipe, null, null, run, resume, executors, 1);
  }
}
