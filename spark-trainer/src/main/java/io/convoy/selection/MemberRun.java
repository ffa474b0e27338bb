package io.convoy.selection;

import io.convoy.checkpoint.SavedCheckpoints;
import io.convoy.ensemble.RatedCheckpoint;
import io.convoy.ensemble.ValidationScore;
import io.convoy.ensemble.ValidationScore.Goal;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import io.convoy.train.ValidationResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run whose checkpoints become members.
 *
 * @param name as the user gave it
 * @param folder opened to read
 * @param recipe as it stands in {@code run.json}
 */
public record MemberRun(String name, RunFolder folder, Recipe recipe) {
  /**
   * Makes sure that it holds images back.
   *
   * @throws ConvoyException of kind USAGE when it does not
   */
  void requireHeldBack() {
    if (recipe.validation() == null) {
      throw ConvoyException.usage(
          "%s holds no images back, and an ensemble is chosen on such images: train with"
              + " validation: {share: 0.1, seed: 1} in the recipe, or by --set validation.share=0.1"
              + " --set validation.seed=1; or name other labelled images by --validation",
          name);
    }
  }

  /** What makes one of its checkpoints better than another. */
  Goal goal() {
    return recipe.checkpoint().best() == CheckpointOptions.Best.ACCURACY
        ? Goal.ACCURACY
        : Goal.LOSS;
  }

  /** Its checkpoints that are there, with what validation has shown of them. */
  List<RatedCheckpoint> checkpoints() {
    SavedCheckpoints saved = folder.saved();
    Map<Long, ValidationResult> validations =
        saved.validations().stream()
            .collect(
                Collectors.toMap(
                    ValidationResult::step, Function.identity(), (first, again) -> again));
    return saved.steps().stream()
        .map(
            step ->
                new RatedCheckpoint(
                    step, score(validations.get(step)), saved.snapshots().contains(step)))
        .toList();
  }

  private static ValidationScore score(ValidationResult result) {
    return result == null ? null : new ValidationScore(result.accuracy(), result.loss());
  }

  /** How many images its last validation has seen; 0 where there was none yet. */
  long validated() {
    List<ValidationResult> results = folder.saved().validations();
    return results.isEmpty() ? 0 : results.get(results.size() - 1).samples();
  }
}
