package io.convoy.ensemble;

import io.convoy.ensemble.ValidationScore.Goal;
import io.convoy.error.ConvoyException;
import io.convoy.network.StateLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A greedy soup (Wortsman et al. 2022, recipe 1): members in the order of their accuracy on
 * held-back images, of equal ones the one of the smaller loss and then the first. Each is put into
 * the average of weights, and stays where that average's accuracy on the same images does not fall.
 */
public final class GreedySoup {
  /**
   * A member that was tried.
   *
   * @param member its number, from 0
   * @param accuracy of the average of weights with it, in [0, 1]
   * @param taken whether it stayed
   */
  public record Trial(int member, double accuracy, boolean taken) {}

  private final WeightAverage average;
  private final List<Trial> trials;

  private GreedySoup(WeightAverage average, List<Trial> trials) {
    this.average = average;
    this.trials = List.copyOf(trials);
  }

  /**
   * Makes the soup. In memory are its sums in fp64, the member that is tried and the average with
   * it: four states' worth.
   *
   * @param layout of all members
   * @param alone what each member reaches alone; one whose loss is not finite is not tried
   * @param states gives the state of a member by its number; called once for each that is tried
   * @param accuracy runs a state over the held-back images: its accuracy, in [0, 1]. The array is
   *     its own: it may measure running statistics again and put them there
   * @throws ConvoyException of kind DATA where no member has a finite loss
   */
  public static GreedySoup make(
      StateLayout layout,
      List<ValidationScore> alone,
      IntFunction<float[]> states,
      ToDoubleFunction<float[]> accuracy) {
    List<Integer> order = order(alone);
    if (order.isEmpty()) {
      throw ConvoyException.data(
          "a soup needs a member whose validation loss is a finite number; none of %d has one",
          alone.size());
    }
    WeightAverage average = new WeightAverage(layout);
    int best = order.get(0);
    average.add(name(best), states.apply(best));
    double reached = alone.get(best).accuracy();
    List<Trial> trials = new ArrayList<>();
    trials.add(new Trial(best, reached, true));
    for (int member : order.subList(1, order.size())) {
      float[] state = states.apply(member);
      double found = accuracy.applyAsDouble(average.meanWith(name(member), state));
      boolean taken = found >= reached;
      trials.add(new Trial(member, found, taken));
      if (taken) {
        average.add(name(member), state);
        reached = found;
      }
    }
    return new GreedySoup(average, trials);
  }

  private static List<Integer> order(List<ValidationScore> alone) {
    return IntStream.range(0, alone.size())
        .filter(member -> Double.isFinite(alone.get(member).loss()))
        .boxed()
        .sorted(Comparator.comparing(alone::get, ValidationScore.betterFirst(Goal.ACCURACY)))
        .toList();
  }

  private static String name(int member) {
    return "member " + member;
  }

  /** The members that stayed, in the order in which they were added: at least one. */
  public List<Integer> members() {
    return trials.stream().filter(Trial::taken).map(Trial::member).toList();
  }

  /** All that were tried, in order. */
  public List<Trial> trials() {
    return trials;
  }

  /** The accuracy of the soup on the images it was made on, in [0, 1]. */
  public double accuracy() {
    return trials.stream()
        .filter(Trial::taken)
        .reduce((one, next) -> next)
        .orElseThrow()
        .accuracy();
  }

  /**
   * The soup's state, in an array of its own: the plain mean of its members, running statistics
   * too.
   */
  public float[] state() {
    return average.mean();
  }
}
