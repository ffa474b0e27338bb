package io.convoy.loss;

import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * A criterion that computes one sample after the other, against a number for each output: 1 for the
 * class of a label, a part's weight for the classes of a mix. Losses of samples are added in their
 * order, in double precision. An output that is no finite number makes the loss none.
 */
abstract class SampleCriterion implements Criterion {
  private static final int NO_LABEL = -1;
  private static final float HALF = 0.5f;

  private final String name;
  private final boolean takesNumbers;
  private final float[] classWeights;
  private final float[] target;
  private double loss;
  private double weight;
  private int correct;

  /**
   * @param name of the loss, for messages
   * @param takesNumbers whether a target may be numbers that are no labels
   * @param classWeights by which samples count; 1 each where all count alike
   */
  SampleCriterion(String name, boolean takesNumbers, float[] classWeights) {
    this.name = name;
    this.takesNumbers = takesNumbers;
    this.classWeights = classWeights;
    target = new float[classWeights.length];
  }

  /**
   * Computes a sample.
   *
   * @param z holds the outputs, from {@code start} on
   * @param target a number for each output
   * @param gradient where the gradient goes, from {@code to} on; null for evaluation
   * @return the loss
   */
  abstract double compute(float[] z, int start, float[] target, float[] gradient, int to);

  @Override
  public final void compute(Tensor output, int from, int until, Target[] targets, Tensor gradient) {
    loss = 0;
    weight = 0;
    correct = 0;
    float[] z = output.data();
    float[] dz = gradient == null ? null : gradient.data();
    for (int n = from; n < until; n++) {
      int label = read(targets[n], n - from);
      int start = output.at(n, 0, 0);
      double one = compute(z, start, target, dz, gradient == null ? 0 : gradient.at(n, 0, 0));
      boolean finite = allFinite(z, start);
      loss += finite ? one : Double.NaN;
      weight += targetWeight();
      boolean independent = targets[n] instanceof LabelMix mix && mix.independent();
      boolean right = independent ? isSplitRight(z, start) : label == largest(z, start);
      correct += finite && right ? 1 : 0;
    }
  }

  /** Leaves the numbers in {@link #target}; gives the class, of a mix that of its heaviest part. */
  private int read(Target of, int sample) {
    Arrays.fill(target, 0f);
    if (of instanceof ClassLabel one) {
      target[one.label()] = 1;
      return one.label();
    }
    if (of instanceof LabelMix mix) {
      int heaviest = NO_LABEL;
      for (LabelMix.Part part : mix.parts()) {
        target[part.label()] = part.weight();
        boolean heavier = heaviest == NO_LABEL || part.weight() > target[heaviest];
        heaviest = heavier ? part.label() : heaviest;
      }
      return heaviest;
    }
    if (of instanceof DenseTarget dense) {
      readNumbers(dense, sample);
    }
    return NO_LABEL;
  }

  private void readNumbers(DenseTarget dense, int sample) {
    if (!takesNumbers) {
      throw ConvoyException.data(
          "%s takes labels; sample %d of the shard has a target %s", name, sample, dense);
    }
    if (!dense.shape().equals(Shape.of(target.length))) {
      throw ConvoyException.data(
          "%s takes labels, or one number an output, here %d; sample %d of the shard has a target"
              + " %s",
          name, target.length, sample, dense);
    }
    for (int c = 0; c < target.length; c++) {
      target[c] = dense.value(c);
    }
  }

  /** The mean weight of the target's classes, each by its share in the target. */
  private double targetWeight() {
    double weighted = 0;
    double all = 0;
    for (int c = 0; c < target.length; c++) {
      weighted += (double) classWeights[c] * target[c];
      all += target[c];
    }
    return all == 0 ? 1 : weighted / all;
  }

  private boolean allFinite(float[] z, int start) {
    for (int c = 0; c < target.length; c++) {
      if (!Float.isFinite(z[start + c])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the outputs above 0 are those of the target's classes, and of no others. */
  private boolean isSplitRight(float[] z, int start) {
    for (int c = 0; c < target.length; c++) {
      if (z[start + c] > 0 != target[c] > HALF) {
        return false;
      }
    }
    return true;
  }

  /** The first of the largest outputs. */
  final int largest(float[] z, int start) {
    int best = 0;
    for (int c = 1; c < target.length; c++) {
      best = z[start + c] > z[start + best] ? c : best;
    }
    return best;
  }

  @Override
  public final double loss() {
    return loss;
  }

  @Override
  public final double weight() {
    return weight;
  }

  @Override
  public final double figure(int index) {
    return correct;
  }
}
