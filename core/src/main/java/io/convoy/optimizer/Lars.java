package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * LARS (You, Gitman, Ginsburg 2017, "Large Batch Training of Convolutional Networks", algorithm 1,
 * in the form of the common frameworks, whose momentum holds no rate): {@link Sgd} whose gradient
 * is scaled, for each parameter, by the trust ratio q. With weight decay d:
 *
 * <pre>
 *   q = coefficient |w| / (|g| + d |w| + epsilon)    1 where |w| or |g| is 0
 *   g = q (g + d w)
 *   v = m v + g
 *   w = w - rate v                                   plain momentum
 *   w = w - rate (g + m v)                           Nesterov
 * </pre>
 *
 * <p>Biases and normalisations are updated as by {@link Sgd}, unless {@code adaptNormAndBias}.
 *
 * @param momentum in [0, 1); 0.9 by default; 0 keeps no state
 * @param nesterov whether the gradient is taken ahead; needs momentum
 * @param trustCoefficient above 0; 0.001 by default
 * @param epsilon in (0, 1); 1e-8 by default
 * @param weightDecay at least 0; 0 by default
 * @param decayNormAndBias whether biases and normalisations decay too
 * @param adaptNormAndBias whether they have a trust ratio, too
 */
public record Lars(
    float momentum,
    boolean nesterov,
    float trustCoefficient,
    float epsilon,
    float weightDecay,
    boolean decayNormAndBias,
    boolean adaptNormAndBias)
    implements LayerwiseOptimizer {

  public Lars {
    OptimizerRules.share("lars", "momentum", momentum);
    if (nesterov && momentum == 0) {
      throw ConvoyException.usage("lars: nesterov needs a momentum above 0; got momentum 0");
    }
    OptimizerRules.positive("lars", "trustCoefficient", trustCoefficient);
    OptimizerRules.epsilon("lars", epsilon);
    OptimizerRules.notNegative("lars", "weightDecay", weightDecay);
  }

  @JsonCreator
  static Lars of(
      @JsonProperty("momentum") Float momentum,
      @JsonProperty("nesterov") boolean nesterov,
      @JsonProperty("trustCoefficient") Float trustCoefficient,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias,
      @JsonProperty("adaptNormAndBias") boolean adaptNormAndBias) {
    return new Lars(
        momentum == null ? 0.9f : momentum,
        nesterov,
        trustCoefficient == null ? 0.001f : trustCoefficient,
        epsilon == null ? 1e-8f : epsilon,
        weightDecay,
        decayNormAndBias,
        adaptNormAndBias);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  /** The gradient itself. */
  @Override
  public void direct(
      long step, float decay, float[] weights, float[] gradient, float[][] slots, int length) {}

  @Override
  public double trust(double weights, double direction, float decay) {
    return weights > 0 && direction > 0
        ? trustCoefficient * weights / (direction + decay * weights + epsilon)
        : 1;
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
    for (int i = 0; i < length; i++) {
      direction[i] = trust * Math.fma(decay, weights[i], direction[i]);
    }
    Sgd.update(momentum, nesterov, rate, 0f, weights, direction, slots, length);
  }
}
