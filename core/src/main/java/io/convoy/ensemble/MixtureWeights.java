package io.convoy.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of members for which the averaged probabilities have the smallest negative log
 * likelihood on held-back images: stacking of densities (Smyth, Wolpert 1999). The members stay as
 * they are, so this is expectation maximisation for the proportions of a mixture (Dempster, Laird,
 * Rubin 1977, section 4.3), from equal weights on:
 *
 * <pre>
 *   g[m] = mean over images of p[m](true class) / sum over k of w[k] p[k](true class)
 *   w[m] = w[m] g[m]
 * </pre>
 *
 * <p>No round makes the likelihood smaller. For the best weights w*, the mean of log (p* / p) is at
 * most log of the mean of p* / p (Jensen), which is log of sum w*[m] g[m]. So log of the largest g
 * bounds what the likelihood still lacks (Cover 1984): an end is known to be near the best, not
 * only slow.
 *
 * @param weights one a member, in [0, 1]; their sum is 1
 * @param loss the mean negative log likelihood of the average with these weights, in nats
 * @param equalLoss the same with equal weights; never smaller but for rounding
 * @param rounds how many it took
 * @param gap what the loss is above the smallest one at the most, in nats
 */
public record MixtureWeights(
    List<Double> weights, double loss, double equalLoss, int rounds, double gap) {
  /** Nats that no validation set can tell. */
  private static final double TOLERANCE = 1e-6;

  private static final int MOST_ROUNDS = 10_000;

  public MixtureWeights {
    weights = List.copyOf(weights);
  }

  /**
   * Fits the weights. Members that say the same get the same weight; which samples come first does
   * not matter but for rounding.
   *
   * @param outputs at the temperatures that the average will use
   */
  public static MixtureWeights fit(ValidationOutputs outputs) {
    double[][] table = outputs.logLikelihoods();
    double[] offsets = new double[outputs.samples()];
    relate(table, offsets);
    double[] weights = new double[table.length];
    Arrays.fill(weights, 1.0 / table.length);
    double equalLoss = loss(table, offsets, weights);
    for (int round = 0; ; round++) {
      double[] gains = gains(table, weights);
      double gap = StrictMath.log(Arrays.stream(gains).max().orElse(1));
      if (gap <= TOLERANCE || round == MOST_ROUNDS) {
        return new MixtureWeights(
            normalised(weights), loss(table, offsets, weights), equalLoss, round, Math.max(gap, 0));
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= gains[i];
      }
    }
  }

  /** By how much the loss is smaller than with equal weights, in nats; on the same images. */
  public double gain() {
    return equalLoss - loss;
  }

  /**
   * Logarithms become likelihoods, each image's related to its largest: so none of an image is lost
   * however small they all are, and the proportions are the same.
   */
  private static void relate(double[][] table, double[] offsets) {
    for (int sample = 0; sample < offsets.length; sample++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] member : table) {
        largest = Math.max(largest, member[sample]);
      }
      offsets[sample] = largest;
      for (double[] member : table) {
        member[sample] = StrictMath.exp(member[sample] - largest);
      }
    }
  }

  private static double[] gains(double[][] table, double[] weights) {
    double[] gains = new double[weights.length];
    int samples = table[0].length;
    for (int sample = 0; sample < samples; sample++) {
      double mixed = mixed(table, weights, sample);
      for (int i = 0; i < gains.length; i++) {
        gains[i] += table[i][sample] / mixed;
      }
    }
    for (int i = 0; i < gains.length; i++) {
      gains[i] /= samples;
    }
    return gains;
  }

  /** Above 0: the member that alone explains an image keeps a weight of at least 1 / samples. */
  private static double mixed(double[][] table, double[] weights, int sample) {
    double mixed = 0;
    for (int i = 0; i < weights.length; i++) {
      mixed += weights[i] * table[i][sample];
    }
    return mixed;
  }

  private static double loss(double[][] table, double[] offsets, double[] weights) {
    double sum = 0;
    for (int sample = 0; sample < offsets.length; sample++) {
      sum -= offsets[sample] + StrictMath.log(mixed(table, weights, sample));
    }
    return sum / offsets.length;
  }

  private static List<Double> normalised(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    List<Double> normalised = new ArrayList<>();
    for (double weight : weights) {
      normalised.add(Math.min(1, weight / sum));
    }
    return normalised;
  }
}
