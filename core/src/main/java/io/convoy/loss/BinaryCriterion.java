package io.convoy.loss;

import io.convoy.kernel.FloatMath;

/**
 * {@link BinaryCrossEntropy} at work: sums over classes are in their order, in double precision.
 */
final class BinaryCriterion extends SampleCriterion {
  private final double smoothing;
  private final float[] positiveWeights;

  BinaryCriterion(BinaryCrossEntropy loss, float[] positiveWeights) {
    super("binaryCrossEntropy", true, ClassWeights.array(null, positiveWeights.length));
    smoothing = loss.labelSmoothing();
    this.positiveWeights = positiveWeights;
  }

  @Override
  double compute(float[] z, int start, float[] target, float[] gradient, int to) {
    int classes = target.length;
    double loss = 0;
    for (int c = 0; c < classes; c++) {
      double x = z[start + c];
      double y = (1 - smoothing) * target[c] + smoothing / classes;
      double positive = positiveWeights[c] * y;
      double both = positive + 1 - y;
      double e = FloatMath.exp((float) -Math.abs(x));
      loss += (x < 0 ? -positive : 1 - y) * x + both * StrictMath.log1p(e);
      if (gradient != null) {
        double sigmoid = (x < 0 ? e : 1) / (1 + e);
        gradient[to + c] = (float) ((both * sigmoid - positive) / classes);
      }
    }
    return loss / classes;
  }
}
