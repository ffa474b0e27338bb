package io.convoy.loss;

import io.convoy.tensor.Shape;

/**
 * The squared error of the K outputs z, as they are (no softmax is taken of them), against a number
 * y for each: 1 for the class of a label and 0 for others, the weights of a {@link
 * io.convoy.targets.LabelMix}, or the numbers of a {@link io.convoy.targets.DenseTarget}. The mean
 * over the outputs, summed over samples (classifiers: Hui and Belkin 2021):
 *
 * <pre>
 *   loss  = sum over samples of 1/K · sum over c of (z[c] - y[c])²
 *   dz[c] = 2 (z[c] - y[c]) / K
 * </pre>
 */
public record MeanSquaredError() implements Loss {
  @Override
  public void requireFits(Shape output) {
    Outputs.requireVector("meanSquaredError", output);
  }

  @Override
  public Criterion criterion(Shape output) {
    requireFits(output);
    return new ErrorCriterion("meanSquaredError", output.channels()) {
      @Override
      double error(double difference) {
        return difference * difference;
      }

      @Override
      double slope(double difference) {
        return 2 * difference;
      }
    };
  }
}
