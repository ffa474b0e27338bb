package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * Stochastic gradient descent with momentum m and weight decay d, coupled to the gradient
 * (Sutskever et al. 2013, in the form of the common frameworks):
 *
 * <pre>
 *   g = g + d w
 *   v = m v + g
 *   w = w - rate v                 plain momentum
 *   w = w - rate (g + m v)         Nesterov
 * </pre>
 *
 * @param momentum in [0, 1); 0 keeps no state
 * @param nesterov whether the gradient is taken ahead; needs momentum
 * @param weightDecay at least 0
 * @param decayNormAndBias whether biases and normalisations decay too
 */
public record Sgd(float momentum, boolean nesterov, float weightDecay, boolean decayNormAndBias)
    implements Optimizer {

  public Sgd {
    OptimizerRules.share("sgd", "momentum", momentum);
    OptimizerRules.notNegative("sgd", "weightDecay", weightDecay);
    if (nesterov && momentum == 0) {
      throw ConvoyException.usage("sgd: nesterov needs a momentum above 0; got momentum 0");
    }
  }

  @JsonCreator
  static Sgd of(
      @JsonProperty("momentum") Float momentum,
      @JsonProperty("nesterov") boolean nesterov,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    return new Sgd(momentum == null ? 0.9f : momentum, nesterov, weightDecay, decayNormAndBias);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
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
    update(momentum, nesterov, rate, decay, weights, gradient, slots, length);
  }

  /** The update of this and of {@link Lars}. */
  static void update(
      float momentum,
      boolean nesterov,
      float rate,
      float decay,
      float[] weights,
      float[] gradient,
      float[][] slots,
      int length) {
    if (momentum == 0) {
      for (int i = 0; i < length; i++) {
        float g = Math.fma(decay, weights[i], gradient[i]);
        weights[i] = Math.fma(-rate, g, weights[i]);
      }
      return;
    }
    float[] velocity = slots[0];
    float ahead = nesterov ? momentum : 1f;
    float now = nesterov ? 1f : 0f;
    for (int i = 0; i < length; i++) {
      float g = Math.fma(decay, weights[i], gradient[i]);
      float v = Math.fma(momentum, velocity[i], g);
      velocity[i] = v;
      weights[i] = Math.fma(-rate, Math.fma(ahead, v, now * g), weights[i]);
    }
  }
}
