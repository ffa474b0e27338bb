package io.convoy.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a training, in bounded memory however long it is. Lines of its metrics are added
 * in their order, while it runs or afterwards. Not for several threads at once.
 */
public final class Evidence {
  /**
   * How a training ended.
   *
   * @param testLoss NaN without a test set
   */
  record End(Accuracy test, double testLoss) {}

  /** Before so many steps, weights may still be zero, and layers unsettled. */
  private static final int LEAST_STEPS = 50;

  private final Recipe recipe;
  private final ChanceLoss chance;
  private final TrainingCurve curve = new TrainingCurve();
  private final ValidationCurve validations = new ValidationCurve();
  private final LayerHealth health = new LayerHealth();
  private final RankSpeeds ranks;
  private Map<String, Double> dead = new LinkedHashMap<>();
  private String diverged;
  private End end;
  private DataFacts data;

  /**
   * Nothing but the recipe is known.
   *
   * @param recipe with its standardization as it was measured, where that is known
   */
  public Evidence(Recipe recipe) {
    this.recipe = recipe;
    chance = ChanceLoss.of(recipe);
    ranks = new RankSpeeds(recipe.shards());
  }

  /**
   * Adds a line of {@code metrics.jsonl}. What it does not know it passes over; and steps that it
   * has seen, which a lost segment brings again.
   */
  public void add(JsonNode line) {
    if (!line.path("step").isIntegralNumber()) {
      return;
    }
    long step = line.get("step").asLong();
    if (line.path("loss").isNumber()) {
      addStep(step, line);
    }
    if (line.path("validationLoss").isNumber()) {
      addValidation(step, line);
    }
    if (curve.steps() >= LEAST_STEPS) {
      long seen = curve.batch() / Math.max(1, ranks.ranks()); // rectifiers are those of one rank
      health.add(line.path("health").path("layers"), curve.atFullRate(), seen);
    }
    if (line.path("executors").isArray()) {
      ranks.executors(line.get("executors"));
    }
    if (line.path("diverged").isTextual()) {
      diverged = line.get("diverged").asText();
    }
    if (line.path("validationLoss").isTextual()) { // as what is no finite number stands there
      diverged =
          "step %s: the validation loss is %s".formatted(step, line.get("validationLoss").asText());
    }
  }

  private void addStep(long step, JsonNode line) {
    if (step <= curve.lastStep()) {
      return;
    }
    diverged = null; // it went on behind that
    double[] times = {line.path("seconds").asDouble(0), line.path("dataWaitSeconds").asDouble(0)};
    curve.add(
        step,
        line.path("epoch").asInt(0),
        line.path("samples").asLong(0),
        line.get("loss").asDouble(),
        line.path("correct").asDouble(Double.NaN),
        line.path("rate").asDouble(0),
        times);
    if (line.path("ranks").isArray()) {
      ranks.add(line.get("ranks"));
    }
  }

  private void addValidation(long step, JsonNode line) {
    ValidationCurve.Point before = validations.newest();
    if (before != null && step <= before.step()) {
      return;
    }
    Accuracy accuracy =
        new Accuracy(
            line.path("validationAccuracy").asDouble(Double.NaN),
            line.path("validationSamples").asLong(0));
    validations.add(
        new ValidationCurve.Point(
            step,
            line.get("validationLoss").asDouble(),
            accuracy,
            curve.recent(),
            curve.accuracy()));
  }

  /** Adds that it has come to its end, by {@code result.json}: what the test set has shown. */
  public void addResult(JsonNode result) {
    end =
        new End(
            new Accuracy(result.path("testAccuracy").asDouble(Double.NaN), 0),
            result.path("testLoss").asDouble(Double.NaN));
  }

  /** Adds what was measured on its weights: of each rectifier the share of channels that are 0. */
  public void addDeadShares(Map<String, Double> shares) {
    dead = new LinkedHashMap<>(shares);
  }

  /** Adds what is known of its images. */
  public void addData(DataFacts facts) {
    data = facts;
  }

  /** Steps that were seen. */
  public long steps() {
    return curve.steps();
  }

  /** Validations that were seen. */
  public long validations() {
    return validations.count();
  }

  Recipe recipe() {
    return recipe;
  }

  ChanceLoss chance() {
    return chance;
  }

  TrainingCurve curve() {
    return curve;
  }

  ValidationCurve validated() {
    return validations;
  }

  RankSpeeds ranks() {
    return ranks;
  }

  /** Of each layer, how large its updates are beside its weights. */
  Map<String, Double> updateRatios() {
    return health.updateRatios();
  }

  /** Of each rectifier, as was measured, or else as the metrics say. */
  Map<String, Double> deadShares() {
    return dead.isEmpty() ? health.deadShares() : dead;
  }

  /** Where and how it diverged, in words; null where it did not. */
  String diverged() {
    return diverged;
  }

  /** Null while it is not known to have ended. */
  End end() {
    return end;
  }

  /** Null where nobody looked at the images. */
  DataFacts data() {
    return data;
  }
}
