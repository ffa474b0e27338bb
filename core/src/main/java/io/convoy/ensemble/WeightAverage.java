package io.convoy.ensemble;

import io.convoy.error.ConvoyException;
import io.convoy.layer.Parameter;
import io.convoy.network.StateLayout;
import java.util.List;

/**
 * The mean of the weights of members of one network: stochastic weight averaging (Izmailov et al.
 * 2018) where they are checkpoints of one run, a model soup (Wortsman et al. 2022) where they are
 * of several. Each number is
 *
 * <pre>
 *   (w1 x1 + w2 x2 + …) / (w1 + w2 + …)
 * </pre>
 *
 * summed in the order in which members are added, in fp64, and rounded to float once. So the mean
 * of equal states is that state, bit for bit: what fp64 rounds is far below half a float's last
 * place.
 *
 * <p>Running means and variances of batch norms are averaged alike. They then fit no network:
 * {@link #needsRefresh} says whether there are any, and whoever uses the mean has to measure them
 * again on the training images.
 */
public final class WeightAverage {
  private final StateLayout layout;
  private final double[] sums;
  private double total;
  private int members;

  /**
   * Takes {@link #bytes}; no member is in it yet.
   *
   * @throws ConvoyException of kind RESOURCE when they cannot fit
   */
  public WeightAverage(StateLayout layout) {
    this.layout = layout;
    sums = new double[Heap.arrayLength(layout.length(), Double.BYTES, "an average of weights")];
  }

  /** Bytes that the sums take; each mean that is asked for takes half of it again. */
  public static long bytes(StateLayout layout) {
    return (long) layout.length() * Double.BYTES;
  }

  /** Whether the network has running statistics, which an average of weights makes wrong. */
  public static boolean needsRefresh(StateLayout layout) {
    return layout.entries().stream()
        .anyMatch(entry -> entry.parameter().role() == Parameter.Role.RUNNING_MEAN);
  }

  /**
   * Refuses a member whose arrays differ. That networks are the same beyond their arrays (strides,
   * activations) is not seen here.
   *
   * @throws ConvoyException of kind USAGE that names the first array that differs
   */
  public static void requireSame(
      String firstName, StateLayout first, String otherName, StateLayout other) {
    List<StateLayout.Entry> expected = first.entries();
    List<StateLayout.Entry> found = other.entries();
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      String one = i < expected.size() ? describe(expected.get(i)) : "no more arrays";
      String two = i < found.size() ? describe(found.get(i)) : "no more arrays";
      if (!one.equals(two)) {
        throw ConvoyException.usage(
            "weights can only be averaged over members of one network: array %d is %s in %s, and %s"
                + " in %s: average their outputs instead",
            i, one, firstName, two, otherName);
      }
    }
  }

  private static String describe(StateLayout.Entry entry) {
    return entry.name() + " " + entry.parameter().shape();
  }

  /** Adds a member with the weight 1. */
  public void add(String name, float[] state) {
    add(name, state, 1);
  }

  /**
   * Adds a member.
   *
   * @param name for errors
   * @param state in the network's layout; only read
   * @param weight above 0; weights are related to their sum
   * @throws ConvoyException of kind USAGE when the length or the weight does not fit; of kind DATA
   *     when a number is infinite or none. Nothing is added then
   */
  public void add(String name, float[] state, double weight) {
    check(name, state, weight);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sum(i, state, weight);
    }
    total += weight;
    members++;
  }

  /**
   * The mean, in an array of its own.
   *
   * @throws IllegalStateException when there is no member
   */
  public float[] mean() {
    if (members == 0) {
      throw new IllegalStateException("the mean of no members");
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / total);
    }
    return mean;
  }

  /** The mean as it would be with one more member of weight 1, which is not added: same bits. */
  public float[] meanWith(String name, float[] state) {
    check(name, state, 1);
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum(i, state, 1) / (total + 1));
    }
    return mean;
  }

  /** How many members are in it. */
  public int members() {
    return members;
  }

  /** The first is taken as it is: 0 + -0 would lose its sign. */
  private double sum(int i, float[] state, double weight) {
    double term = weight * state[i];
    return members == 0 ? term : sums[i] + term;
  }

  private void check(String name, float[] state, double weight) {
    if (state.length != sums.length) {
      throw ConvoyException.usage(
          "weights can only be averaged over members of one network: %s has %d numbers, expected %d",
          name, state.length, sums.length);
    }
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw ConvoyException.usage(
          "the weight of a member in an average of weights must be above 0, and finite; got %s for"
              + " %s",
          weight, name);
    }
    for (int i = 0; i < state.length; i++) {
      if (!Float.isFinite(state[i])) {
        throw ConvoyException.data(
            "%s: number %d of its weights, in %s, is %s: leave this member out",
            name, i, nameOf(i), state[i]);
      }
    }
  }

  private String nameOf(int number) {
    return layout.entries().stream()
        .filter(entry -> number < entry.offset() + entry.length())
        .findFirst()
        .map(StateLayout.Entry::name)
        .orElseThrow();
  }
}
