package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Adam (Kingma, Ba 2015, algorithm 1), with weight decay d coupled to the gradient:
 *
 * <pre>
 *   g = g + d w
 *   m = b1 m + (1 - b1) g
 *   v = b2 v + (1 - b2) g²
 *   w = w - rate / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + epsilon)
 * </pre>
 *
 * <p>Update t counts from 1. The bias corrections are computed in double precision.
 *
 * @param beta1 in [0, 1); 0.9 by default
 * @param beta2 in [0, 1); 0.999 by default
 * @param epsilon in (0, 1); 1e-8 by default
 * @param weightDecay at least 0; 0 by default
 * @param decayNormAndBias whether biases and normalisations decay too
 */
public record Adam(
    float beta1, float beta2, float epsilon, float weightDecay, boolean decayNormAndBias)
    implements Optimizer {

  public Adam {
    OptimizerRules.betas("adam", beta1, beta2);
    OptimizerRules.epsilon("adam", epsilon);
    OptimizerRules.notNegative("adam", "weightDecay", weightDecay);
  }

  @JsonCreator
  static Adam of(
      @JsonProperty("beta1") Float beta1,
      @JsonProperty("beta2") Float beta2,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    return new Adam(
        beta1 == null ? 0.9f : beta1,
        beta2 == null ? 0.999f : beta2,
        epsilon == null ? 1e-8f : epsilon,
        weightDecay,
        decayNormAndBias);
  }

  @Override
  public List<String> slots() {
    return List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  public void update(
      long step,
      float rate,
      float decay,
      float[] weights,
      float[] gradient,
      float[][] slots,
      int length) {
    update(beta1, beta2, epsilon, step, rate, decay, weights, gradient, slots, length);
  }

  /** The update with coupled decay, of this and of {@link AdamW}. */
  static void update(
      float beta1,
      float beta2,
      float epsilon,
      long step,
      float rate,
      float decay,
      float[] weights,
      float[] gradient,
      float[][] slots,
      int length) {
    float stepSize = (float) (rate / (1 - StrictMath.pow(beta1, step)));
    float scale = (float) (1 / (1 - StrictMath.pow(beta2, step)));
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    float[] mean = slots[0];
    float[] square = slots[1];
    for (int i = 0; i < length; i++) {
      float g = Math.fma(decay, weights[i], gradient[i]);
      float m = Math.fma(beta1, mean[i], rest1 * g);
      float v = Math.fma(beta2, square[i], rest2 * (g * g));
      mean[i] = m;
      square[i] = v;
      float denominator = (float) Math.sqrt(v * scale) + epsilon;
      weights[i] = Math.fma(-stepSize, m / denominator, weights[i]);
    }
  }
}
