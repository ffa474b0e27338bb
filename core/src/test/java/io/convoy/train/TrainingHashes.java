package io.convoy.train;

import io.convoy.recipe.Recipe;
import java.util.List;

/** Prints the hashes of some trainings: what a JVM of its own is started for. */
public final class TrainingHashes {
  private TrainingHashes() {}

  public static void main(String[] arguments) {
    System.out.println(all());
  }

  static String all() {
    StringBuilder hashes = new StringBuilder();
    List<Recipe> recipes =
        List.of(
            Trainings.standard(Trainings.MOMENTUM),
            Trainings.standard(Trainings.ADAM),
            Trainings.averagedAndClipped(),
            Trainings.byNorms(),
            Trainings.byMatrices());
    for (Recipe recipe : recipes) {
      TrainingState state = Trainings.train(recipe, 2);
      state.arraysSha256().forEach(array -> hashes.append(array).append('\n'));
    }
    return hashes.toString().trim();
  }
}
