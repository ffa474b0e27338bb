package io.convoy.loss;

import io.convoy.kernel.FloatMath;
import io.convoy.tensor.Tensor;

/**
 * Cross-entropy of the softmax of logits z with the true class t, summed (not averaged) over
 * samples:
 *
 * <pre>
 *   loss = sum over samples of log(sum over c of exp(z[c] - max z)) + max z - z[t]
 *   dz[c] = exp(z[c] - max z) / sum - (c == t ? 1 : 0)
 * </pre>
 *
 * <p>The sum over classes runs in 16 virtual lanes, class c in lane c mod 16; losses of samples are
 * added in their order, in double precision.
 */
public final class SoftmaxCrossEntropy {
  private static final int LANES = 16;

  private final float[] exponentials;
  private final float[] lanes = new float[LANES];
  private double loss;
  private int correct;

  /**
   * @param classes the number of logits, at least 1
   */
  public SoftmaxCrossEntropy(int classes) {
    exponentials = new float[classes];
  }

  /**
   * Computes the loss of the first {@code samples} samples.
   *
   * @param logits vectors of one logit a class
   * @param labels the true classes
   * @param gradient where the gradient of the summed loss goes; null for evaluation
   */
  public void compute(Tensor logits, int samples, int[] labels, Tensor gradient) {
    loss = 0;
    correct = 0;
    for (int n = 0; n < samples; n++) {
      loss += sample(logits.data(), logits.at(n, 0, 0), labels[n]);
      if (gradient != null) {
        int to = gradient.at(n, 0, 0);
        for (int c = 0; c < exponentials.length; c++) {
          gradient.data()[to + c] = exponentials[c] - (c == labels[n] ? 1f : 0f);
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
    java.util.Arrays.fill(lanes, 0f);
    for (int c = 0; c < classes; c++) {
      float e = FloatMath.exp(z[start + c] - largest);
      exponentials[c] = e;
      lanes[c % LANES] += e;
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    for (int c = 0; c < classes; c++) {
      exponentials[c] /= lanes[0];
    }
    if (best == label && !Float.isNaN(largest)) {
      correct++;
    }
    return FloatMath.log(lanes[0]) + (largest - z[start + label]);
  }
}
