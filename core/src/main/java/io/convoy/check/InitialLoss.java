package io.convoy.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.fault.ChanceLoss;
import io.convoy.json.Json;
import io.convoy.layer.Parameter;
import io.convoy.network.Heads;
import io.convoy.network.StateLayout;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Lamb;
import io.convoy.optimizer.Lion;
import io.convoy.optimizer.Muon;
import io.convoy.optimizer.Optimizer;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RegularizationOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * The loss before the first update. A network that knows nothing gives each class about the same
 * chance, so that its cross-entropy is near ln(classes). For any loss, it is compared with what it
 * is where the last layer gives zeros (of each output, where auxiliary ones have losses, too); and
 * told again with the penalties of the weights.
 */
final class InitialLoss {
  static final String NAME = "initial loss";

  private static final int SAMPLES = 256;
  private static final int MOST_BATCHES = 8;

  private static final double LEAST_TIMES = 0.5;

  /** In losses: large networks have penalties of a loss or two, which batch norms make harmless. */
  private static final double MOST_PENALTY = 5;

  private InitialLoss() {}

  static CheckFinding check(Bench bench) {
    Recipe recipe = bench.recipe();
    float[] zero = withHeadsZero(recipe, bench.start());
    double loss = 0;
    double ofZeros = 0;
    int samples = 0;
    try (Trial trial = bench.trial(recipe, bench.images(), MOST_BATCHES)) {
      for (int b = 0; b < MOST_BATCHES && samples < SAMPLES; b++) {
        if (b > 0 && bench.budget().isSpent()) {
          break;
        }
        bench.listener().at(b, MOST_BATCHES);
        int count = trial.samples(b);
        loss += count * trial.loss(b, bench.start());
        ofZeros += count * trial.loss(b, zero);
        samples += count;
      }
    }
    return finding(recipe, loss / samples, ofZeros / samples, penalty(recipe, bench.start()))
        .shortenedTo(Math.min(samples, SAMPLES), Math.min(SAMPLES, samplesThere(bench)), "samples");
  }

  private static long samplesThere(Bench bench) {
    return Math.min(bench.images().size(), (long) MOST_BATCHES * bench.recipe().batchSize());
  }

  private static CheckFinding finding(Recipe recipe, double loss, double ofZeros, double penalty) {
    ObjectNode figures =
        Json.object()
            .put("loss", loss)
            .put("ofZeros", ofZeros)
            .put("penalty", penalty)
            .put("withPenalty", loss + penalty);
    String zeros = ChanceLoss.words(recipe, ofZeros);
    String found =
        "%s; %s; with the weights' penalty %s".formatted(text(loss), zeros, text(loss + penalty));
    String wrong = wrong(recipe, loss, ofZeros, penalty);
    return CheckFinding.of(
        NAME,
        wrong.isEmpty(),
        found,
        wrong.isEmpty()
            ? "near enough: a network that knows nothing yet gives outputs of about zero"
            : wrong,
        figures);
  }

  private static String wrong(Recipe recipe, double loss, double ofZeros, double penalty) {
    if (ChanceLoss.isFarAbove(loss, ofZeros)) {
      return "too high: the first outputs are far from zero; start the last layer from smaller"
          + " weights, or check that images are standardised";
    }
    boolean fresh = recipe.fineTuning() == null || recipe.fineTuning().weights() == null;
    if (fresh && loss < LEAST_TIMES * ofZeros) {
      return "too low for a network that knows nothing: check the labels, and whether they can be"
          + " read off the images";
    }
    if (penalty > MOST_PENALTY * loss) {
      return "the weights' penalty is more than five times the loss: training would shrink weights rather"
          + " than learn; lower weightDecay, l1 or l2";
    }
    return "";
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** The state where the last layers, one for each output, give zeros. */
  private static float[] withHeadsZero(Recipe recipe, float[] state) {
    Set<String> heads = Heads.of(recipe.network());
    float[] zero = state.clone();
    for (StateLayout.Entry entry : recipe.network().layout().trained()) {
      if (heads.contains(entry.layer())) {
        Arrays.fill(zero, entry.offset(), entry.offset() + entry.length(), 0f);
      }
    }
    return zero;
  }

  /**
   * The penalties l1 Σ|w| + (l2 + d)/2 Σw², where d is the optimizer's weight decay; a decay beside
   * the gradient is none.
   */
  static double penalty(Recipe recipe, float[] state) {
    Optimizer optimizer = recipe.optimizer();
    RegularizationOptions options = recipe.regularization();
    boolean apart =
        optimizer instanceof AdamW
            || optimizer instanceof Lamb
            || optimizer instanceof Lion
            || optimizer instanceof Muon;
    double decay = apart ? 0 : optimizer.weightDecay();
    double sum = 0;
    for (StateLayout.Entry entry : recipe.network().layout().trained()) {
      boolean weight = entry.parameter().role() == Parameter.Role.WEIGHT;
      double d = weight || optimizer.decayNormAndBias() ? decay : 0;
      boolean penalised = options != null && (weight || options.normAndBias());
      double l1 = penalised ? options.l1() : 0;
      double half = ((penalised ? options.l2() : 0) + d) / 2;
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        sum += l1 * Math.abs(state[i]) + half * state[i] * state[i];
      }
    }
    return sum;
  }
}
