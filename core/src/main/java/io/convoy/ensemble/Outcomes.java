package io.convoy.ensemble;

import java.util.function.IntFunction;

/**
 * What a model's probabilities are worth on held-back images, image by image: the likelihood of the
 * true class, its rank, and the probability of the likeliest class. All figures follow from these;
 * they are small enough to be kept for each of many candidates.
 */
public final class Outcomes {
  private final int classes;

  /** Logarithms of the true classes' probabilities, in nats. */
  private final double[] logLikelihoods;

  /** How many classes are likelier than the true one. */
  private final int[] ranks;

  private final double[] confidences;

  private Outcomes(ValidationOutputs outputs, IntFunction<double[]> probabilities) {
    classes = outputs.classes();
    logLikelihoods = new double[outputs.samples()];
    ranks = new int[outputs.samples()];
    confidences = new double[outputs.samples()];
    for (int sample = 0; sample < ranks.length; sample++) {
      set(sample, outputs.label(sample), probabilities.apply(sample));
    }
  }

  /** Those of a member, at its temperature. */
  public static Outcomes ofMember(ValidationOutputs outputs, int member) {
    return new Outcomes(outputs, outputs.members().get(member)::probabilities);
  }

  /** Those of an average of the members' outputs. */
  public static Outcomes ofAverage(ValidationOutputs outputs, OutputAverage average) {
    return new Outcomes(outputs, sample -> outputs.probabilities(average, sample));
  }

  /**
   * A probability of 0 counts as the smallest above it: 744 nats. Of equal ones the first leads.
   */
  private void set(int sample, int label, double[] probabilities) {
    double share = probabilities[label];
    int rank = 0;
    double largest = 0;
    for (int other = 0; other < probabilities.length; other++) {
      double rival = probabilities[other];
      largest = Math.max(largest, rival);
      rank += rival > share || (rival == share && other < label) ? 1 : 0;
    }
    logLikelihoods[sample] = StrictMath.log(Math.max(share, OutputAverage.LEAST));
    ranks[sample] = rank;
    confidences[sample] = largest;
  }

  public int samples() {
    return ranks.length;
  }

  /** Classes that there are to choose from. */
  public int classes() {
    return classes;
  }

  /** The mean negative log likelihood, in nats, with its interval. */
  public Estimate loss() {
    double[] losses = new double[logLikelihoods.length];
    for (int sample = 0; sample < losses.length; sample++) {
      losses[sample] = -logLikelihoods[sample];
    }
    return Estimate.ofMean(losses);
  }

  /**
   * By how much the loss is above that of others on the same images, in nats: an interval that lies
   * above 0 says that these are worse, by more than which images were held back explains.
   */
  public Estimate lossAbove(Outcomes other) {
    if (other.samples() != samples()) {
      throw new IllegalArgumentException(
          "outcomes of %s images beside %s".formatted(samples(), other.samples()));
    }
    double[] differences = new double[logLikelihoods.length];
    for (int sample = 0; sample < differences.length; sample++) {
      differences[sample] = other.logLikelihoods[sample] - logLikelihoods[sample];
    }
    return Estimate.ofMean(differences);
  }

  /** The share of images whose true class is among so many likeliest ones. */
  public Share top(int count) {
    int correct = 0;
    for (int rank : ranks) {
      correct += rank < count ? 1 : 0;
    }
    return Share.of(correct, ranks.length);
  }

  /** The expected calibration error, in [0, 1]. */
  public double calibrationError() {
    CalibrationError error = new CalibrationError();
    for (int sample = 0; sample < ranks.length; sample++) {
      error.add(confidences[sample], ranks[sample] == 0);
    }
    return error.value();
  }

  /** Accuracy and loss. */
  public ValidationScore score() {
    return new ValidationScore(top(1).value(), loss().mean());
  }
}
