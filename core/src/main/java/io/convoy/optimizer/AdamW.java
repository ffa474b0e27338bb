package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * AdamW (Loshchilov, Hutter 2019, algorithm 2, in the form of the common frameworks): {@link Adam}
 * with weight decay d taken from the weights themselves, apart from the gradient and its averages:
 *
 * <pre>
 *   w = w - rate d w
 *   m = b1 m + (1 - b1) g
 *   v = b2 v + (1 - b2) g²
 *   w = w - rate / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + epsilon)
 * </pre>
 *
 * <p>Update t counts from 1. The bias corrections and 1 - rate d are computed in double precision.
 *
 * @param beta1 in [0, 1); 0.9 by default
 * @param beta2 in [0, 1); 0.999 by default
 * @param epsilon in (0, 1); 1e-8 by default
 * @param weightDecay at least 0; 0.01 by default
 * @param decayNormAndBias whether biases and normalisations decay too
 */
@JsonTypeName("adamw")
public record AdamW(
    float beta1, float beta2, float epsilon, float weightDecay, boolean decayNormAndBias)
    implements Optimizer {

  public AdamW {
    OptimizerRules.betas("adamw", beta1, beta2);
    OptimizerRules.epsilon("adamw", epsilon);
    OptimizerRules.notNegative("adamw", "weightDecay", weightDecay);
  }

  @JsonCreator
  static AdamW of(
      @JsonProperty("beta1") Float beta1,
      @JsonProperty("beta2") Float beta2,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("weightDecay") Float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    return new AdamW(
        beta1 == null ? 0.9f : beta1,
        beta2 == null ? 0.999f : beta2,
        epsilon == null ? 1e-8f : epsilon,
        weightDecay == null ? 0.01f : weightDecay,
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
    if (decay != 0) {
      float kept = (float) (1 - (double) rate * decay);
      for (int i = 0; i < length; i++) {
        weights[i] *= kept;
      }
    }
    Adam.update(beta1, beta2, epsilon, step, rate, 0f, weights, gradient, slots, length);
  }
}
