package io.convoy.loss;

import io.convoy.kernel.FloatMath;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link SoftmaxCrossEntropy} at work, with one sample after the other.
 *
 * <p>Sums over classes run in 16 virtual lanes, class c in lane c mod 16; losses of samples are
 * added in their order, in double precision. Without smoothing the other classes' logits have no
 * part but in the softmax: one of minus infinity is no infinite loss.
 */
public final class Criterion {
  private static final int LANES = 16;

  private final float smoothing;
  private final float trueTarget;
  private final float otherTarget;
  private final float[] exponentials;
  private final float[] lanes = new float[LANES];
  private double loss;
  private int correct;

  Criterion(SoftmaxCrossEntropy loss, int classes) {
    smoothing = loss.labelSmoothing();
    double spread = (double) smoothing / classes;
    trueTarget = (float) (1 - (double) smoothing + spread);
    otherTarget = (float) spread;
    exponentials = new float[classes];
  }

  /** Computes the loss of the first {@code samples} samples. */
  public void compute(Tensor logits, int samples, int[] labels, Tensor gradient) {
    compute(logits, 0, samples, labels, gradient);
  }

  /**
   * Computes the loss of samples {@code from} to {@code until}.
   *
   * @param logits vectors of one logit a class
   * @param labels the true classes, from sample 0 on
   * @param gradient where the gradient of the summed loss goes; null for evaluation
   */
  public void compute(Tensor logits, int from, int until, int[] labels, Tensor gradient) {
    loss = 0;
    correct = 0;
    for (int n = from; n < until; n++) {
      loss += sample(logits.data(), logits.at(n, 0, 0), labels[n]);
      if (gradient != null) {
        int to = gradient.at(n, 0, 0);
        for (int c = 0; c < exponentials.length; c++) {
          gradient.data()[to + c] = exponentials[c] - (c == labels[n] ? trueTarget : otherTarget);
        }
      }
    }
  }

  /** The summed loss of the last call. */
  public double loss() {
    return loss;
  }

  /** How many samples of the last call have their largest logit at the true class. */
  public int correct() {
    return correct;
  }

  /** One sample; leaves the softmax in {@link #exponentials}. */
  private float sample(float[] z, int start, int label) {
    int classes = exponentials.length;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (z[start + c] > z[start + best]) {
        best = c;
      }
    }
    float largest = z[start + best];
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
    if (best == label && !Float.isNaN(largest)) {
      correct++;
    }
    float distance = largest - z[start + label];
    if (smoothing > 0) {
      distance += smoothing * (meanDistance(z, start, largest) - distance);
    }
    return FloatMath.log(sum) + distance;
  }

  /** How far the logits lie below the largest on average. */
  private float meanDistance(float[] z, int start, float largest) {
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
