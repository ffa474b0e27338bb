package io.convoy.loss;

import java.util.Arrays;

/** {@link MultiClassHinge} at work: sums over classes are in their order, in double precision. */
final class HingeCriterion extends SampleCriterion {
  private final float margin;
  private final boolean squared;
  private final float[] classWeights;
  private final double[] slopes;

  HingeCriterion(MultiClassHinge loss, float[] classWeights) {
    super("multiClassHinge", false, classWeights);
    margin = loss.margin();
    squared = loss.squared();
    this.classWeights = classWeights;
    slopes = new double[classWeights.length];
  }

  @Override
  double compute(float[] z, int start, float[] target, float[] gradient, int to) {
    Arrays.fill(slopes, 0);
    double loss = 0;
    for (int label = 0; label < target.length; label++) {
      if (target[label] != 0) {
        loss += hinge(z, start, label, (double) classWeights[label] * target[label]);
      }
    }
    for (int c = 0; gradient != null && c < slopes.length; c++) {
      gradient[to + c] = (float) slopes[c];
    }
    return loss;
  }

  /** The loss of one label; adds its gradient. */
  private double hinge(float[] z, int start, int label, double weight) {
    double loss = 0;
    for (int c = 0; c < slopes.length; c++) {
      double over = (double) margin - z[start + label] + z[start + c];
      if (c != label && over > 0) {
        double slope = squared ? 2 * weight * over : weight;
        loss += weight * (squared ? over * over : over);
        slopes[c] += slope;
        slopes[label] -= slope;
      }
    }
    return loss;
  }
}
