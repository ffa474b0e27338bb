package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * LAMB (You et al. 2020, "Large Batch Optimization for Deep Learning", algorithm 2, with the bias
 * corrections of its appendix): Adam's direction, with weight decay d apart from its averages, as
 * long as the parameter that it moves. For each parameter:
 *
 * <pre>
 *   m = b1 m + (1 - b1) g
 *   v = b2 v + (1 - b2) g²
 *   u = m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon) + d w
 *   w = w - rate q u,  q = min(maxTrust, |w| / |u|)       1 where |w| or |u| is 0
 * </pre>
 *
 * <p>Update t counts from 1. The bias corrections are computed in double precision. Of biases and
 * normalisations q is 1, unless {@code adaptNormAndBias}.
 *
 * @param beta1 in [0, 1); 0.9 by default
 * @param beta2 in [0, 1); 0.999 by default
 * @param epsilon in (0, 1); 1e-6 by default
 * @param maxTrust the largest trust ratio, above 0; null, the default, for no limit
 * @param weightDecay at least 0; 0.01 by default
 * @param decayNormAndBias whether biases and normalisations decay too
 * @param adaptNormAndBias whether they have a trust ratio, too
 */
public record Lamb(
    float beta1,
    float beta2,
    float epsilon,
    Float maxTrust,
    float weightDecay,
    boolean decayNormAndBias,
    boolean adaptNormAndBias)
    implements LayerwiseOptimizer {

  public Lamb {
    OptimizerRules.betas("lamb", beta1, beta2);
    OptimizerRules.epsilon("lamb", epsilon);
    if (maxTrust != null) {
      OptimizerRules.positive("lamb", "maxTrust", maxTrust);
    }
    OptimizerRules.notNegative("lamb", "weightDecay", weightDecay);
  }

  @JsonCreator
  static Lamb of(
      @JsonProperty("beta1") Float beta1,
      @JsonProperty("beta2") Float beta2,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("maxTrust") Float maxTrust,
      @JsonProperty("weightDecay") Float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias,
      @JsonProperty("adaptNormAndBias") boolean adaptNormAndBias) {
    return new Lamb(
        beta1 == null ? 0.9f : beta1,
        beta2 == null ? 0.999f : beta2,
        epsilon == null ? 1e-6f : epsilon,
        maxTrust,
        weightDecay == null ? 0.01f : weightDecay,
        decayNormAndBias,
        adaptNormAndBias);
  }

  @Override
  public List<String> slots() {
    return List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  public void direct(
      long step, float decay, float[] weights, float[] gradient, float[][] slots, int length) {
    float meanScale = (float) (1 / (1 - StrictMath.pow(beta1, step)));
    float squareScale = (float) (1 / (1 - StrictMath.pow(beta2, step)));
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    float[] mean = slots[0];
    float[] square = slots[1];
    for (int i = 0; i < length; i++) {
      float g = gradient[i];
      float m = Math.fma(beta1, mean[i], rest1 * g);
      float v = Math.fma(beta2, square[i], rest2 * (g * g));
      mean[i] = m;
      square[i] = v;
      float denominator = (float) Math.sqrt(v * squareScale) + epsilon;
      gradient[i] = Math.fma(decay, weights[i], m * meanScale / denominator);
    }
  }

  @Override
  public double trust(double weights, double direction, float decay) {
    double ratio = weights > 0 && direction > 0 ? weights / direction : 1;
    return maxTrust == null ? ratio : Math.min(maxTrust, ratio);
  }

  @Override
  public void move(
      float rate,
      float decay,
      float trust,
      float[] weights,
      float[] direction,
      float[][] slots,
      int length) {
    float stepSize = rate * trust;
    for (int i = 0; i < length; i++) {
      weights[i] = Math.fma(-stepSize, direction[i], weights[i]);
    }
  }
}
