package io.convoy.ensemble;

import io.convoy.ensemble.ValidationScore.Goal;
import java.util.Arrays;

/**
 * An average of outputs to which members are added, one at a time, and its score with one more. The
 * loss needs the true classes' likelihoods alone: their logarithms are added as such, so that none
 * is too small. Only where accuracy counts are the probabilities of all classes kept.
 */
final class GrowingAverage {
  private final ValidationOutputs outputs;

  /** Logarithms, [members, samples]. */
  private final double[][] likelihoods;

  /** Logarithms of summed likelihoods; minus infinity while there is no member. */
  private final double[] sums;

  /** Probabilities, [members, samples · classes]; null where accuracy does not count. */
  private final double[][] shares;

  private final double[] summedShares;
  private int size;
  private ValidationScore score;

  private GrowingAverage(ValidationOutputs outputs, double[][] shares) {
    this.outputs = outputs;
    this.shares = shares;
    likelihoods = outputs.logLikelihoods();
    sums = new double[outputs.samples()];
    Arrays.fill(sums, Double.NEGATIVE_INFINITY);
    summedShares = shares == null ? null : new double[shares[0].length];
  }

  static GrowingAverage of(ValidationOutputs outputs, Goal goal) {
    return new GrowingAverage(
        outputs,
        switch (goal) {
          case LOSS -> null;
          case ACCURACY -> shares(outputs);
        });
  }

  private static double[][] shares(ValidationOutputs outputs) {
    int members = outputs.members().size();
    int classes = outputs.classes();
    String what = "probabilities of members, which a selection by accuracy compares";
    int length = Heap.arrayLength((long) outputs.samples() * classes, Double.BYTES, what);
    Heap.require((members + 1L) * length * Double.BYTES, what);
    double[][] shares = new double[members][length];
    for (int i = 0; i < members; i++) {
      for (int sample = 0; sample < outputs.samples(); sample++) {
        double[] one = outputs.members().get(i).probabilities(sample);
        System.arraycopy(one, 0, shares[i], sample * classes, classes);
      }
    }
    return shares;
  }

  /** The score with one more, which is not added. */
  ValidationScore with(int member) {
    double logOfSize = StrictMath.log(size + 1);
    double loss = 0;
    for (int sample = 0; sample < sums.length; sample++) {
      loss -= logOfSum(sums[sample], likelihoods[member][sample]) - logOfSize;
    }
    return new ValidationScore(accuracy(member), loss / sums.length);
  }

  void add(int member) {
    score = with(member);
    for (int sample = 0; sample < sums.length; sample++) {
      sums[sample] = logOfSum(sums[sample], likelihoods[member][sample]);
    }
    if (shares != null) {
      for (int i = 0; i < summedShares.length; i++) {
        summedShares[i] += shares[member][i];
      }
    }
    size++;
  }

  /** The score of what was added; null while nothing was. */
  ValidationScore score() {
    return score;
  }

  /** The share of samples that are right with one more; 0 where accuracy does not count. */
  private double accuracy(int member) {
    if (shares == null) {
      return 0;
    }
    int classes = outputs.classes();
    int correct = 0;
    for (int sample = 0; sample < sums.length; sample++) {
      int best = 0;
      double most = -1;
      for (int label = 0; label < classes; label++) {
        int i = sample * classes + label;
        double share = summedShares[i] + shares[member][i];
        if (share > most) {
          most = share;
          best = label;
        }
      }
      correct += best == outputs.label(sample) ? 1 : 0;
    }
    return (double) correct / sums.length;
  }

  /** log(e^a + e^b), where one may be minus infinity. */
  private static double logOfSum(double a, double b) {
    double larger = Math.max(a, b);
    return larger + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - larger));
  }
}
