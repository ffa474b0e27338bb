package io.convoy.inference;

import java.util.Arrays;

/**
 * Probabilities of classes, from an image's logits. In fp64, in the order of classes, by {@link
 * StrictMath}: the same bits on every machine.
 */
public final class Softmax {
  private Softmax() {}

  /**
   * The probabilities.
   *
   * @param logits one a class, at least one
   * @return each in [0, 1]; their sum is 1 but for rounding. All NaN where a logit is NaN or plus
   *     infinity, or all are minus infinity; minus infinity beside others gives 0
   */
  public static double[] probabilities(float[] logits) {
    return probabilities(logits, 1);
  }

  /**
   * The probabilities of logits that are divided by a temperature first (Guo et al. 2017, section
   * 4.2).
   *
   * @param logits one a class, at least one
   * @param temperature above 0; at 1 the bits are those without it
   * @return each in [0, 1]; their sum is 1 but for rounding. NaN where a logit is none, or infinite
   */
  public static double[] probabilities(float[] logits, double temperature) {
    double largest = largest(logits);
    double[] shares = new double[logits.length];
    double sum = 0;
    for (int label = 0; label < logits.length; label++) {
      shares[label] = StrictMath.exp((logits[label] - largest) / temperature);
      sum += shares[label];
    }
    for (int label = 0; label < shares.length; label++) {
      shares[label] /= sum;
    }
    return shares;
  }

  /**
   * The negative log likelihood of a class, in nats: exact where its probability is almost 0.
   *
   * @return at least 0; NaN where the probabilities are; infinite where that class's is 0, its
   *     logit minus infinity
   */
  public static double negativeLogLikelihood(float[] logits, int label) {
    return negativeLogLikelihood(logits, label, 1);
  }

  /**
   * The same of logits that are divided by a temperature first.
   *
   * @param temperature above 0; at 1 the bits are those without it
   */
  public static double negativeLogLikelihood(float[] logits, int label, double temperature) {
    double largest = largest(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp((logit - largest) / temperature);
    }
    return StrictMath.log(sum) - (logits[label] - largest) / temperature;
  }

  /**
   * The class of the largest logit; of equal ones the first, as training counts correct ones. It is
   * an answer only where the probabilities are numbers: elsewhere no class is correct.
   *
   * @param logits one a class, at least one
   */
  public static int likeliest(float[] logits) {
    int best = 0;
    for (int label = 1; label < logits.length; label++) {
      best = logits[label] > logits[best] ? label : best;
    }
    return best;
  }

  /**
   * The likeliest class; of equally likely ones the first.
   *
   * @param probabilities one a class, at least one
   */
  public static int likeliest(double[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    return best;
  }

  private static double largest(float[] logits) {
    if (logits.length == 0) {
      throw new IllegalArgumentException("logits: one a class; got " + Arrays.toString(logits));
    }
    return logits[likeliest(logits)];
  }
}
