package io.convoy.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.check.GradientDifferences.Comparison;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The gradient of the loss over a few samples against differences: along itself, along a random
 * direction, and by some parameters of arrays in all depths of the network. All is as in a step of
 * the training: batch norms take the samples' statistics, dropout and augmentation draw by the
 * seed.
 */
final class GradientAgreement {
  static final String NAME = "gradient";

  private static final int SAMPLES = 8;
  private static final int ARRAYS = 24;
  private static final int OF_AN_ARRAY = 2;

  /** From how many elements, drawn at random, the one with the largest gradient is taken. */
  private static final int DRAWN = 32;

  /** The relative error from which somebody should look; kinks cost some percent. */
  private static final double MOST_ERROR = 0.1;

  private static final double MOST_ERROR_ALONG = 0.05;

  private final Bench bench;
  private final List<StateLayout.Entry> arrays;
  private final float[] gradient;
  private final GradientDifferences differences;
  private final ObjectNode figures = Json.object();
  private final List<String> wrong = new ArrayList<>();
  private final ArrayNode rows = figures.putArray("arrays");
  private double worst;
  private int compared;

  private GradientAgreement(Bench bench, Trial trial) {
    this.bench = bench;
    arrays = arrays(bench.recipe());
    gradient = trial.gradient(0, bench.start());
    keepTrained();
    differences = new GradientDifferences(at -> trial.loss(0, at), bench.start());
  }

  static CheckFinding check(Bench bench) {
    Recipe few =
        bench.recipe().toBuilder()
            .batchSize(Math.min(SAMPLES, bench.recipe().batchSize()))
            .shards(1)
            .build();
    try (Trial trial = bench.trial(few, Bench.evenly(bench.images(), SAMPLES), 1)) {
      return new GradientAgreement(bench, trial).finding();
    }
  }

  /** Arrays that are trained from the first step on. */
  private static List<StateLayout.Entry> arrays(Recipe recipe) {
    FineTuning tuning = recipe.fineTuning();
    return recipe.network().layout().trained().stream()
        .filter(entry -> tuning == null || tuning.frozenEpochs(entry.name()) == 0)
        .toList();
  }

  /** What moving averages and frozen arrays have in a gradient means nothing. */
  private void keepTrained() {
    float[] all = gradient.clone();
    Arrays.fill(gradient, 0);
    for (StateLayout.Entry entry : arrays) {
      System.arraycopy(all, entry.offset(), gradient, entry.offset(), entry.length());
    }
  }

  private CheckFinding finding() {
    double length = norm(gradient, 0, gradient.length);
    if (length == 0) {
      return CheckFinding.of(
          NAME,
          false,
          "zero everywhere: the loss does not feel any weight",
          "look for layers that let nothing through: dead rectifiers, weights that are all zero",
          figures.put("norm", 0));
    }
    double weights = 0;
    long trained = 0;
    for (StateLayout.Entry entry : arrays) {
      double norm = norm(bench.start(), entry.offset(), entry.length());
      weights += norm * norm;
      trained += entry.length();
    }
    double size = Math.max(Math.sqrt(weights), 0x1p-4);
    Comparison own = differences.along(scaled(gradient, 1 / length), gradient, size * 0x1p-10, 0);
    Comparison random =
        differences.along(randomDirection(), gradient, size * 0x1p-5, length / Math.sqrt(trained));
    figures.put("norm", length);
    put(figures.putObject("alongItself"), own);
    put(figures.putObject("alongRandom"), random);
    int wanted = Math.min(ARRAYS, arrays.size());
    int done = 0;
    for (; done < wanted && (done == 0 || !bench.budget().isSpent()); done++) {
      bench.listener().at(done, wanted);
      compare(arrays.get(wanted == 1 ? 0 : done * (arrays.size() - 1) / (wanted - 1)));
    }
    boolean good =
        own.error() <= MOST_ERROR_ALONG && random.error() <= MOST_ERROR_ALONG && wrong.isEmpty();
    String found =
        String.format(
            Locale.ROOT,
            "error %.1e along itself, %.1e along a random direction, at most %.1e of %s parameters",
            own.error(),
            random.error(),
            worst,
            compared);
    return CheckFinding.of(NAME, good, found, advice(good), figures)
        .shortenedTo(done, wanted, "arrays");
  }

  private String advice(boolean good) {
    if (good) {
      return "the same as by differences";
    }
    return wrong.isEmpty()
        ? "differs from differences: a loss that jumps, or a defect of Convoy; please report it"
        : "differs from differences in %s: a defect of Convoy, or many kinks; please report it"
            .formatted(String.join(", ", wrong));
  }

  /** Length 1, in trained parameters alone. */
  private float[] randomDirection() {
    float[] direction = new float[gradient.length];
    RandomStream random = random(0);
    for (StateLayout.Entry entry : arrays) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        direction[i] = 2 * random.uniform(i) - 1;
      }
    }
    return scaled(direction, 1 / norm(direction, 0, direction.length));
  }

  private RandomStream random(int array) {
    RandomStream random = new RandomStream(bench.recipe().seed(), Purpose.SYNTHETIC_DATA, array);
    random.at(0, 0);
    return random;
  }

  /** Compares some elements of an array: right if one that can be compared is. */
  private void compare(StateLayout.Entry entry) {
    double rms = norm(bench.start(), entry.offset(), entry.length()) / Math.sqrt(entry.length());
    RandomStream random = random(1 + entry.offset());
    double least = Double.POSITIVE_INFINITY;
    ObjectNode row = rows.addObject().put("name", entry.name());
    ArrayNode elements = row.putArray("elements");
    int[] drawn =
        IntStream.range(0, OF_AN_ARRAY).map(k -> largest(entry, random, k)).distinct().toArray();
    for (int element : drawn) {
      int index = entry.offset() + element;
      Comparison comparison = differences.at(index, gradient[index], Math.max(rms, 0x1p-4));
      put(elements.addObject().put("element", element), comparison);
      if (comparison.comparable()) {
        least = Math.min(least, comparison.error());
        worst = Math.max(worst, comparison.error());
        compared++;
      }
    }
    if (least > MOST_ERROR && least < Double.POSITIVE_INFINITY) {
      wrong.add(entry.name());
    }
  }

  /** The element of the largest gradient of those of a draw. */
  private int largest(StateLayout.Entry entry, RandomStream random, int draw) {
    return IntStream.range(draw * DRAWN, (draw + 1) * DRAWN)
        .map(position -> random.below(entry.length(), position))
        .boxed()
        .max(Comparator.comparingDouble(i -> Math.abs(gradient[entry.offset() + i])))
        .orElseThrow();
  }

  private static void put(ObjectNode row, Comparison comparison) {
    row.put("gradient", comparison.gradient())
        .put("difference", comparison.difference())
        .put("error", comparison.error())
        .put("comparable", comparison.comparable());
  }

  static double norm(float[] values, int from, int length) {
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }

  private static float[] scaled(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (factor * values[i]);
    }
    return scaled;
  }
}
