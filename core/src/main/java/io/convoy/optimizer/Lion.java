package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Lion (Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms", algorithm 2): every
 * element moves by the same length, the sign alone follows the gradient. Weight decay d is taken
 * from the weights themselves:
 *
 * <pre>
 *   u = sign(b1 m + (1 - b1) g)
 *   w = w - rate d w - rate u
 *   m = b2 m + (1 - b2) g
 * </pre>
 *
 * <p>The sign of 0 is 0. 1 - rate d is computed in double precision.
 *
 * @param beta1 in [0, 1); 0.9 by default
 * @param beta2 in [0, 1); 0.99 by default
 * @param weightDecay at least 0; 0 by default
 * @param decayNormAndBias whether biases and normalisations decay too
 */
public record Lion(float beta1, float beta2, float weightDecay, boolean decayNormAndBias)
    implements Optimizer {

  public Lion {
    OptimizerRules.betas("lion", beta1, beta2);
    OptimizerRules.notNegative("lion", "weightDecay", weightDecay);
  }

  @JsonCreator
  static Lion of(
      @JsonProperty("beta1") Float beta1,
      @JsonProperty("beta2") Float beta2,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    return new Lion(
        beta1 == null ? 0.9f : beta1, beta2 == null ? 0.99f : beta2, weightDecay, decayNormAndBias);
  }

  @Override
  public List<String> slots() {
    return List.of("exp_avg");
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
    float kept = (float) (1 - (double) rate * decay);
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    float[] mean = slots[0];
    for (int i = 0; i < length; i++) {
      float g = gradient[i];
      float m = mean[i];
      float direction = Math.signum(Math.fma(beta1, m, rest1 * g));
      weights[i] = Math.fma(-rate, direction, weights[i] * kept);
      mean[i] = Math.fma(beta2, m, rest2 * g);
    }
  }
}
