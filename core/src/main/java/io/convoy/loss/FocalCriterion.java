package io.convoy.loss;

import io.convoy.kernel.FloatMath;

/**
 * {@link SoftmaxCrossEntropy} at work where classes have weights, or it is focal. Exponentials are
 * of floats; their sums, over classes in their order, are in double precision, so that 1 - p keeps
 * its digits where p is almost 1.
 */
final class FocalCriterion extends SampleCriterion {
  private final double smoothing;
  private final double gamma;
  private final float[] classWeights;
  private final float[] exponentials;
  private final double[] slopes;

  FocalCriterion(SoftmaxCrossEntropy loss, int classes) {
    this(loss, ClassWeights.array(loss.classWeights(), classes));
  }

  private FocalCriterion(SoftmaxCrossEntropy loss, float[] classWeights) {
    super("softmaxCrossEntropy", false, classWeights);
    smoothing = loss.labelSmoothing();
    gamma = loss.focalGamma();
    this.classWeights = classWeights;
    exponentials = new float[classWeights.length];
    slopes = new double[classWeights.length];
  }

  @Override
  double compute(float[] z, int start, float[] target, float[] gradient, int to) {
    int best = largest(z, start);
    double others = 0; // than the best, whose exponential is 1
    double share = 0;
    for (int c = 0; c < exponentials.length; c++) {
      exponentials[c] = FloatMath.exp(z[start + c] - z[start + best]);
      others += c == best ? 0 : exponentials[c];
      share += target[c];
    }
    double sum = 1 + others;
    double logSum = StrictMath.log1p(others);
    double spread = smoothing * share / exponentials.length;
    double loss = 0;
    double slope = 0;
    for (int c = 0; c < exponentials.length; c++) {
      double q = classWeights[c] * ((1 - smoothing) * target[c] + spread);
      slopes[c] = 0;
      if (q != 0) {
        double p = exponentials[c] / sum;
        double rest = (c == best ? others : sum - exponentials[c]) / sum;
        double logP = (double) z[start + c] - z[start + best] - logSum;
        double focus = gamma == 0 ? 1 : StrictMath.pow(rest, gamma);
        double bend = rest == 0 ? -1 : p * logP / rest; // goes to -1 as p goes to 1
        loss -= q * focus * logP;
        slopes[c] = q * focus * (gamma * bend - 1);
        slope += slopes[c];
      }
    }
    for (int c = 0; gradient != null && c < exponentials.length; c++) {
      gradient[to + c] = (float) (slopes[c] - exponentials[c] / sum * slope);
    }
    return loss;
  }
}
