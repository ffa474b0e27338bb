package io.convoy.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.error.ConvoyException;
import io.convoy.fault.DeadRectifiers;
import io.convoy.fault.DeadShares;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.optimizer.Optimizer;
import io.convoy.recipe.Recipe;
import io.convoy.train.StepReport;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the network learns a few samples by heart: what cannot, will not learn many. Without
 * augmentation, penalties, decay and dropout, in one batch, at the recipe's highest rate; and where
 * that fails, at a tenth of it. Beside it, the rectifiers that are dead before and after.
 */
final class Overfit {
  static final String NAME = "overfit";
  static final String DEAD = "dead rectifiers";

  static final int SAMPLES = 32;
  static final int STEPS = 200;
  private static final int WARM_UP = 10;

  /** What must be left of the loss at most, where it does not count who is right. */
  private static final double LOSS_LEFT = 0.1;

  private static final Set<String> DROPPING =
      Set.of("dropout", "spatialDropout", "stochasticDepth");

  private final Bench bench;
  private final Recipe recipe;
  private final SampleSource images;
  private int learnt = -1;
  private int steps;
  private double first;
  private double last;
  private int correct;
  private boolean counts;
  private boolean diverged;
  private Map<String, Double> deadBefore;
  private Map<String, Double> deadAfter;

  private Overfit(Bench bench) {
    this.bench = bench;
    images = Bench.evenly(bench.images(), SAMPLES);
    Recipe of = bench.recipe();
    recipe =
        of.toBuilder()
            .network(withoutDropout(of.network()))
            .optimizer(withoutDecay(of.optimizer()))
            .augmentation(Augmentation.NONE)
            .regularization(null)
            .batchSize(images.size())
            .shards(1)
            .epochs(STEPS)
            .build();
  }

  /** What was found of the overfitting, and of the rectifiers. */
  static CheckFinding[] check(Bench bench) {
    return new Overfit(bench).findings();
  }

  static Network withoutDropout(Network network) {
    JsonNode json = network.toJson().deepCopy();
    for (JsonNode layer : json.path("layers")) {
      if (DROPPING.contains(layer.path("type").asText())) {
        ((ObjectNode) layer).put("rate", 0);
      }
    }
    return Network.fromJson(json);
  }

  static Optimizer withoutDecay(Optimizer optimizer) {
    ObjectNode json = ((ObjectNode) Json.tree(optimizer)).put("weightDecay", 0);
    return Json.value(json, Optimizer.class, "");
  }

  private CheckFinding[] findings() {
    deadBefore = deadShares(recipe, bench.start());
    double rate = bench.rate();
    train(recipe);
    if (learnt < 0 && !bench.budget().isSpent()) {
      rate = bench.rate() / 10;
      train(Bench.atRate(recipe.toBuilder(), rate).build());
    }
    return new CheckFinding[] {finding(rate), dead()};
  }

  private void train(Recipe at) {
    learnt = -1;
    steps = 0;
    diverged = false;
    try (Trial trial = bench.trial(at, images, STEPS)) {
      try {
        while (steps < STEPS && (steps == 0 || !bench.budget().isSpent())) {
          bench.listener().at(steps, STEPS);
          take(trial.step(Math.min(1, (steps + 1.0) / WARM_UP)));
          steps++;
        }
      } catch (ConvoyException e) {
        if (e.kind() != ConvoyException.Kind.DIVERGED) {
          throw e;
        }
        diverged = true;
      }
      deadAfter = diverged ? Map.of() : deadShares(at, trial.weights());
    }
  }

  private Map<String, Double> deadShares(Recipe of, float[] weights) {
    return new DeadShares(of, images, bench.kernels(), bench.threads()).of(weights);
  }

  private void take(StepReport report) {
    first = steps == 0 ? report.loss() : first;
    last = report.loss();
    counts = report.correct() != null;
    correct = counts ? report.correct() : 0;
    boolean now = counts ? correct == images.size() : last <= LOSS_LEFT * first;
    learnt = now && learnt < 0 ? steps : learnt;
  }

  private CheckFinding finding(double rate) {
    ObjectNode figures =
        Json.object()
            .put("samples", images.size())
            .put("rate", rate)
            .put("steps", steps)
            .put("learntAfter", learnt)
            .put("firstLoss", first)
            .put("lastLoss", last)
            .put("diverged", diverged);
    String right = counts ? ", %s right".formatted(correct) : "";
    String found =
        String.format(
            Locale.ROOT,
            "%s samples: loss %.4g -> %.4g%s; %s",
            images.size(),
            first,
            last,
            right,
            how(rate));
    String advice =
        learnt >= 0
            ? "the network can learn"
            : !diverged && steps < STEPS
                ? "there was no time to learn them: give more by --minutes"
                : "it cannot learn even these: look for labels that do not belong to their images,"
                    + " images that are not standardised, weights that are all zero, a rate that is far"
                    + " off, or too small a network";
    return CheckFinding.of(NAME, learnt >= 0, found, advice, figures)
        .shortenedTo(learnt >= 0 || diverged ? STEPS : steps, STEPS, "steps");
  }

  private String how(double rate) {
    if (diverged) {
      return "diverged after %s steps at rate %s".formatted(steps, Rates.text(rate));
    }
    return learnt >= 0
        ? "learnt after %s steps at rate %s".formatted(learnt, Rates.text(rate))
        : "not learnt in %s steps at rate %s".formatted(steps, Rates.text(rate));
  }

  private CheckFinding dead() {
    ObjectNode figures = Json.object();
    Map<String, Double> before = deadBefore;
    ObjectNode atStart = figures.putObject("atStart");
    before.forEach(atStart::put);
    ObjectNode atEnd = figures.putObject("afterOverfit");
    deadAfter.forEach(atEnd::put);
    if (before.isEmpty()) {
      return CheckFinding.of(
          DEAD, true, "the network has no rectifiers", "nothing to look at", figures);
    }
    Map<String, Double> worst = new TreeMap<>(before);
    deadAfter.forEach((name, share) -> worst.merge(name, share, Math::max));
    long many = worst.values().stream().filter(DeadRectifiers::isMany).count();
    String found =
        String.format(
            Locale.ROOT,
            "%.0f %% of channels at the start, %s after %s steps; %s of %s rectifiers above 40 %%",
            100 * mean(before),
            deadAfter.isEmpty()
                ? "unknown"
                : String.format(Locale.ROOT, "%.0f %%", 100 * mean(deadAfter)),
            steps,
            many,
            before.size());
    return CheckFinding.of(
        DEAD,
        many == 0,
        found,
        many == 0 ? "few channels give nothing for any sample" : DeadRectifiers.ADVICE,
        figures);
  }

  private static double mean(Map<String, Double> shares) {
    return shares.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
