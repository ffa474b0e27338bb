package io.convoy.loss;

/**
 * The mean over outputs of an error that goes by the difference between output and target. Sums are
 * in the order of outputs, in double precision.
 */
abstract class ErrorCriterion extends SampleCriterion {
  ErrorCriterion(String name, int outputs) {
    super(name, true, ClassWeights.array(null, outputs));
  }

  abstract double error(double difference);

  /** The derivative of {@link #error}. */
  abstract double slope(double difference);

  @Override
  final double compute(float[] z, int start, float[] target, float[] gradient, int to) {
    double sum = 0;
    for (int c = 0; c < target.length; c++) {
      double difference = (double) z[start + c] - target[c];
      sum += error(difference);
      if (gradient != null) {
        gradient[to + c] = (float) (slope(difference) / target.length);
      }
    }
    return sum / target.length;
  }
}
