package io.convoy.loss;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.FloatMath;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link SoftmaxCrossEntropy} at work where classes have no weights and it is not focal, with one
 * sample after the other.
 *
 * <p>Sums over classes run in 16 virtual lanes, class c in lane c mod 16; losses of samples are
 * added in their order, in double precision. Without smoothing the other classes' logits have no
 * part but in the softmax: one of minus infinity is no infinite loss.
 */
final class SoftmaxCriterion implements Criterion {
  private static final int LANES = 16;

  private final float smoothing;
  private final float trueTarget;
  private final float otherTarget;
  private final float[] exponentials;
  private final float[] lanes = new float[LANES];
  private double loss;
  private int samples;
  private int correct;
  private int best;
  private float largest;

  SoftmaxCriterion(SoftmaxCrossEntropy loss, int classes) {
    smoothing = loss.labelSmoothing();
    double spread = (double) smoothing / classes;
    trueTarget = (float) (1 - (double) smoothing + spread);
    otherTarget = (float) spread;
    exponentials = new float[classes];
  }

  @Override
  public void compute(Tensor output, int from, int until, Target[] targets, Tensor gradient) {
    loss = 0;
    samples = until - from;
    correct = 0;
    for (int n = from; n < until; n++) {
      int start = output.at(n, 0, 0);
      float[] dz = gradient == null ? null : gradient.data();
      int to = gradient == null ? 0 : gradient.at(n, 0, 0);
      if (targets[n] instanceof ClassLabel one) {
        label(output.data(), start, one.label(), dz, to);
      } else if (targets[n] instanceof LabelMix mix) {
        mix(output.data(), start, mix, dz, to);
      } else if (targets[n] instanceof DenseTarget dense) {
        throw ConvoyException.data(
            "softmaxCrossEntropy takes labels; sample %d of the shard has a target %s",
            n - from, dense);
      }
    }
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public double weight() {
    return samples;
  }

  @Override
  public double figure(int index) {
    return correct;
  }

  private void label(float[] z, int start, int label, float[] gradient, int to) {
    float logSum = softmax(z, start);
    count(label, logSum);
    float distance = largest - z[start + label];
    if (smoothing > 0) {
      distance += smoothing * (meanDistance(z, start) - distance);
    }
    loss += logSum + distance;
    for (int c = 0; gradient != null && c < exponentials.length; c++) {
      gradient[to + c] = exponentials[c] - (c == label ? trueTarget : otherTarget);
    }
  }

  /** The weighted sum of what each part's label alone would give. */
  private void mix(float[] z, int start, LabelMix mix, float[] gradient, int to) {
    float logSum = softmax(z, start);
    float smoothed = smoothing > 0 ? meanDistance(z, start) : 0;
    LabelMix.Part heaviest = mix.parts().get(0);
    float weight = 0;
    double sum = 0;
    for (LabelMix.Part part : mix.parts()) {
      float distance = largest - z[start + part.label()];
      if (smoothing > 0) {
        distance += smoothing * (smoothed - distance);
      }
      sum += part.weight() * (logSum + distance);
      weight += part.weight();
      heaviest = part.weight() > heaviest.weight() ? part : heaviest;
    }
    count(heaviest.label(), logSum);
    loss += sum;
    if (gradient == null) {
      return;
    }
    for (int c = 0; c < exponentials.length; c++) {
      gradient[to + c] = weight * (exponentials[c] - otherTarget);
    }
    for (LabelMix.Part part : mix.parts()) {
      gradient[to + part.label()] -= part.weight() * (trueTarget - otherTarget);
    }
  }

  /** Counts what is correct: where the softmax is no number, nothing is. */
  private void count(int label, float logSum) {
    if (best == label && !Float.isNaN(logSum)) {
      correct++;
    }
  }

  /** Leaves the softmax in {@link #exponentials}; gives the logarithm of its denominator. */
  private float softmax(float[] z, int start) {
    int classes = exponentials.length;
    best = 0;
    for (int c = 1; c < classes; c++) {
      if (z[start + c] > z[start + best]) {
        best = c;
      }
    }
    largest = z[start + best];
    Arrays.fill(lanes, 0f);
    for (int c = 0; c < classes; c++) {
      float e = FloatMath.exp(z[start + c] - largest);
      exponentials[c] = e;
      lanes[c % LANES] += e;
    }
    float sum = combineLanes();
    for (int c = 0; c < classes; c++) {
      exponentials[c] /= sum;
    }
    return FloatMath.log(sum);
  }

  /** How far the logits lie below the largest on average. */
  private float meanDistance(float[] z, int start) {
    Arrays.fill(lanes, 0f);
    for (int c = 0; c < exponentials.length; c++) {
      lanes[c % LANES] += largest - z[start + c];
    }
    return combineLanes() / exponentials.length;
  }

  private float combineLanes() {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
