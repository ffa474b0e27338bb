package io.convoy.ensemble;

import io.convoy.ensemble.ValidationScore.Goal;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Selection with replacement on held-back images (Caruana, Niculescu-Mizil, Crew, Ksikes 2004,
 * sections 2 and 2.1 to 2.2): from the best member on, each round adds the one, perhaps again, with
 * which the average is best. The smallest of the best averages on the way is kept; how often a
 * member was added is its weight. Of equal ones the first member is taken. Bagging (their section
 * 2.3) is left out.
 *
 * @param order the members that were added, one after the other, up to the best average
 * @param members how many there were to choose from
 * @param loss the mean negative log likelihood of that average on the images it was chosen on, in
 *     nats
 */
public record GreedySelection(List<Integer> order, int members, double loss) {
  /** Averages of the same shares, such as 1 : 1 and 2 : 2, differ by rounding alone, in nats. */
  private static final double ROUNDING = 1e-12;

  public GreedySelection {
    order = List.copyOf(order);
  }

  /**
   * Selects members.
   *
   * @param outputs at the temperatures that the average will use
   * @param initial how many of the best members the average starts with, at least 1 (sorted
   *     initialisation; 1 is the best one alone)
   * @param rounds members of the largest average that is tried, at least {@code initial}
   * @throws ConvoyException of kind USAGE when one of them is out of range; of kind RESOURCE where
   *     the goal is accuracy and the members' probabilities do not fit
   */
  public static GreedySelection select(
      ValidationOutputs outputs, Goal goal, int initial, int rounds) {
    int members = outputs.members().size();
    if (initial < 1 || initial > members || rounds < initial) {
      throw ConvoyException.usage(
          "a selection starts with 1 to %d members, as many as there are, and has at least as many"
              + " rounds; got %d and %d",
          members, initial, rounds);
    }
    GrowingAverage average = GrowingAverage.of(outputs, goal);
    List<Integer> order = new ArrayList<>();
    for (int member : best(average, members, goal).subList(0, initial)) {
      average.add(member);
      order.add(member);
    }
    ValidationScore score = average.score();
    int kept = initial;
    while (order.size() < rounds) {
      int next = next(average, members, goal);
      average.add(next);
      order.add(next);
      if (isBetter(average.score(), score, goal)) {
        score = average.score();
        kept = order.size();
      }
    }
    return new GreedySelection(order.subList(0, kept), members, score.loss());
  }

  private static boolean isBetter(ValidationScore larger, ValidationScore kept, Goal goal) {
    return new ValidationScore(larger.accuracy(), larger.loss() + ROUNDING).beats(kept, goal);
  }

  private static List<Integer> best(GrowingAverage nothing, int members, Goal goal) {
    List<ValidationScore> alone = IntStream.range(0, members).mapToObj(nothing::with).toList();
    return IntStream.range(0, members)
        .boxed()
        .sorted(Comparator.comparing(alone::get, ValidationScore.betterFirst(goal)))
        .toList();
  }

  private static int next(GrowingAverage average, int members, Goal goal) {
    int next = 0;
    ValidationScore best = average.with(0);
    for (int member = 1; member < members; member++) {
      ValidationScore score = average.with(member);
      if (score.beats(best, goal)) {
        best = score;
        next = member;
      }
    }
    return next;
  }

  /** How often each member was added. */
  public List<Integer> counts() {
    int[] counts = new int[members];
    order.forEach(member -> counts[member]++);
    return IntStream.of(counts).boxed().toList();
  }

  /** The shares of the members in the average; 0 for those that were not taken. */
  public List<Double> weights() {
    return counts().stream().map(count -> (double) count / order.size()).toList();
  }
}
