package io.convoy.inference;

import java.util.stream.IntStream;

/**
 * Probabilities of labels, from the logits of an image that may have several: each class by itself.
 * In fp64 by {@link StrictMath}: the same bits on every machine.
 */
public final class Sigmoid {
  private Sigmoid() {}

  /**
   * The probabilities.
   *
   * @param logits one a class
   * @return each in [0, 1]: 1 / (1 + exp(-z)). All NaN where a logit is no finite number
   */
  public static double[] probabilities(float[] logits) {
    double[] probabilities = new double[logits.length];
    boolean finite = IntStream.range(0, logits.length).allMatch(c -> Float.isFinite(logits[c]));
    for (int label = 0; label < logits.length; label++) {
      double e = StrictMath.exp(-Math.abs((double) logits[label]));
      probabilities[label] = finite ? (logits[label] < 0 ? e : 1) / (1 + e) : Double.NaN;
    }
    return probabilities;
  }
}
