package io.convoy.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.schedule.Schedule;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What of a recipe may change when its run is resumed: the keys that have no part in the weights of
 * any step. So a run may be made longer, saved more often or read its images from another folder,
 * and the steps that follow are those that it would have had from the start.
 */
public final class ResumeRules {
  /** Keys that may always change; the data's contents are compared by their SHA-256. */
  private static final Set<String> FREE =
      Set.of("name", "maxSteps", "checkpoint", "earlyStopping", "sync", "data");

  /** What of the data's description changes pixels, or the order of samples. */
  private static final Set<String> FIXED =
      Set.of(
          "data.size",
          "data.resizeShorter",
          "data.stretch",
          "data.decode",
          "data.background",
          "data.order");

  /** What else may: where weights are, which are compared by their SHA-256. */
  private static final String WEIGHTS = "fineTuning.weights";

  private static final int EXCERPT = 200;

  private ResumeRules() {}

  /**
   * Whether a key may change.
   *
   * @param key its path from the top of the recipe, such as {@code epochs} or {@code
   *     checkpoint.keep}
   * @param schedule of the run; it decides whether {@code epochs} and {@code checkpoint.everySteps}
   *     have a part in the weights
   */
  public static boolean mayChange(String key, Schedule schedule) {
    return switch (key) {
      case "epochs" -> !schedule.spansTraining() && !schedule.followsValidation();
      case "checkpoint.everySteps" -> !schedule.followsValidation();
      case WEIGHTS -> true;
      default ->
          FREE.contains(key.split("[.\\[]", 2)[0]) && !FIXED.contains(key.split("\\[", 2)[0]);
    };
  }

  /** The same for a whole recipe: where it has {@code swa}, that spans the training as well. */
  private static boolean mayChange(String key, Recipe recipe) {
    boolean spans = recipe.swa() != null && key.equals("epochs");
    return !spans && mayChange(key, recipe.schedule());
  }

  /**
   * Compares the recipe that a run was started with to the one that is to resume it.
   *
   * @param then the run's recipe, all defaults in it
   * @param now the other one, written by the same code
   * @param recipe the other one
   * @param run what the message names
   * @throws ConvoyException of kind USAGE that names the first key that changed and may not
   */
  static void requireSame(JsonNode then, JsonNode now, Recipe recipe, String run) {
    Optional<Change> change = change("", then, now, recipe);
    if (change.isPresent()) {
      throw ConvoyException.usage(
          "%s: '%s' may not change on resume%s, since the weights depend on it; it was %s, now it is"
              + " %s: set it back, or start a new run with another --out",
          run,
          change.get().key(),
          where(change.get().key(), recipe),
          excerpt(change.get().then()),
          excerpt(change.get().now()));
    }
  }

  /** A key with two values. */
  private record Change(String key, JsonNode then, JsonNode now) {}

  /** The first change that is not allowed. */
  private static Optional<Change> change(String key, JsonNode then, JsonNode now, Recipe recipe) {
    if (then.equals(now)) {
      return Optional.empty();
    }
    if (then.isObject() && now.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      then.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .map(
              name ->
                  change(
                      key.isEmpty() ? name : key + "." + name,
                      then.path(name),
                      now.path(name),
                      recipe))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (then.isArray() && now.isArray()) {
      int first = 0;
      while (then.path(first).equals(now.path(first))) {
        first++;
      }
      return change(key + "[" + first + "]", then.path(first), now.path(first), recipe);
    }
    return mayChange(key, recipe) ? Optional.empty() : Optional.of(new Change(key, then, now));
  }

  /** The condition under which a key that else may change may not. */
  private static String where(String key, Recipe recipe) {
    return switch (key) {
      case "epochs" -> whereEpochs(recipe);
      case "checkpoint.everySteps" -> " where the schedule follows validation";
      default -> "";
    };
  }

  private static String whereEpochs(Recipe recipe) {
    if (recipe.swa() != null) {
      return " where swa is laid out over all epochs";
    }
    return recipe.schedule().spansTraining()
        ? " where the schedule is laid out over all epochs"
        : " where the schedule follows validation";
  }

  private static String excerpt(JsonNode value) {
    String text = value instanceof MissingNode ? "not there" : value.toString();
    return text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
  }
}
