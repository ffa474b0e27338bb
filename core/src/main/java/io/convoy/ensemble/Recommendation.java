package io.convoy.ensemble;

import io.convoy.error.ConvoyException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which candidate to take, by the held-back images alone: the cheapest whose negative log
 * likelihood is not significantly worse than that of the best one. Worse is significant where the
 * 95 % interval of the difference, image by image, lies above 0. Among candidates of equal cost
 * that is the one of the smallest loss, then the first.
 *
 * <p>Weights and temperatures that were fitted on the same images look a little better there than
 * elsewhere. They are few numbers beside thousands of images; nothing is taken off for it.
 *
 * @param chosen the name of the candidate
 * @param best the name of the one of the smallest loss; of equal ones the cheapest, then the first
 * @param above by how much the loss of the chosen one is above that of the best, in nats
 * @param text what to take and why, in one or two sentences
 */
public record Recommendation(String chosen, String best, Estimate above, String text) {
  /**
   * Compares candidates.
   *
   * @param candidates at least one
   */
  public static Recommendation of(List<Candidate> candidates) {
    Comparator<Candidate> byLoss = Comparator.comparingDouble(one -> one.outcomes().loss().mean());
    Comparator<Candidate> byCost = Comparator.comparingInt(Candidate::passes);
    Candidate best =
        candidates.stream()
            .min(byLoss.thenComparing(byCost))
            .orElseThrow(
                () -> ConvoyException.usage("a recommendation needs at least one candidate"));
    Candidate chosen =
        candidates.stream()
            .sorted(byCost.thenComparing(byLoss))
            .filter(one -> one.outcomes().lossAbove(best.outcomes()).low() <= 0)
            .findFirst()
            .orElse(best);
    Estimate above = chosen.outcomes().lossAbove(best.outcomes());
    String text = chosen.equals(best) ? best(best, candidates) : almostAsGood(chosen, best, above);
    return new Recommendation(chosen.name(), best.name(), above, text);
  }

  private static String best(Candidate best, List<Candidate> candidates) {
    String take = "Take %s: no candidate has a smaller validation loss".formatted(told(best));
    return candidates.stream()
        .filter(one -> one.passes() < best.passes())
        .min(Comparator.comparingDouble(one -> one.outcomes().loss().mean()))
        .map(
            cheaper ->
                "%s. The best of those that cost less, %s, is worse by %s, more than chance explains."
                    .formatted(
                        take, told(cheaper), nats(cheaper.outcomes().lossAbove(best.outcomes()))))
        .orElse(take + ", and none costs less.");
  }

  private static String almostAsGood(Candidate chosen, Candidate best, Estimate above) {
    return "Take %s. The smallest validation loss is that of %s; the difference, %s, may be chance on %s images."
        .formatted(told(chosen), told(best), nats(above), best.outcomes().samples());
  }

  private static String told(Candidate one) {
    return String.format(
        Locale.ROOT,
        "%s (%d forward pass%s an image, validation loss %.4f, accuracy %.2f %%)",
        one.name(),
        one.passes(),
        one.passes() == 1 ? "" : "es",
        one.outcomes().loss().mean(),
        100 * one.outcomes().top(1).value());
  }

  private static String nats(Estimate difference) {
    return String.format(
        Locale.ROOT,
        "%.4f (95 %% interval %.4f to %.4f)",
        difference.mean(),
        difference.low(),
        difference.high());
  }
}
