package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSProp (Hinton 2012, lecture 6e; centered: Graves 2013, eq. 38 to 45), with weight decay d
 * coupled to the gradient and momentum m, in the form of the common frameworks:
 *
 * <pre>
 *   g = g + d w
 *   v = alpha v + (1 - alpha) g²
 *   a = alpha a + (1 - alpha) g                          centered only
 *   r = g / (sqrt(v) + epsilon)                          plain
 *   r = g / (sqrt(max(v - a², 0)) + epsilon)             centered
 *   b = m b + r,  w = w - rate b                         with momentum
 *   w = w - rate r                                       without
 * </pre>
 *
 * @param alpha the share of the past in the averages, in [0, 1); 0.99 by default
 * @param epsilon in (0, 1); 1e-8 by default
 * @param momentum in [0, 1); 0, the default, keeps no state of it
 * @param centered whether the gradient is divided by its deviation instead of its root mean square
 * @param weightDecay at least 0
 * @param decayNormAndBias whether biases and normalisations decay too
 */
@JsonTypeName("rmsprop")
public record RmsProp(
    float alpha,
    float epsilon,
    float momentum,
    boolean centered,
    float weightDecay,
    boolean decayNormAndBias)
    implements Optimizer {

  public RmsProp {
    OptimizerRules.share("rmsprop", "alpha", alpha);
    OptimizerRules.epsilon("rmsprop", epsilon);
    OptimizerRules.share("rmsprop", "momentum", momentum);
    OptimizerRules.notNegative("rmsprop", "weightDecay", weightDecay);
  }

  @JsonCreator
  static RmsProp of(
      @JsonProperty("alpha") Float alpha,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("momentum") float momentum,
      @JsonProperty("centered") boolean centered,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    return new RmsProp(
        alpha == null ? 0.99f : alpha,
        epsilon == null ? 1e-8f : epsilon,
        momentum,
        centered,
        weightDecay,
        decayNormAndBias);
  }

  @Override
  public List<String> slots() {
    List<String> slots = new ArrayList<>(List.of("square_avg"));
    if (centered) {
      slots.add("grad_avg");
    }
    if (momentum > 0) {
      slots.add("momentum");
    }
    return List.copyOf(slots);
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
    couple(decay, weights, gradient, length);
    if (centered) {
      divideByDeviation(gradient, slots[0], slots[1], length);
    } else {
      divideByRootMeanSquare(gradient, slots[0], length);
    }
    if (momentum == 0) {
      for (int i = 0; i < length; i++) {
        weights[i] = Math.fma(-rate, gradient[i], weights[i]);
      }
      return;
    }
    float[] velocity = slots[slots.length - 1];
    for (int i = 0; i < length; i++) {
      float b = Math.fma(momentum, velocity[i], gradient[i]);
      velocity[i] = b;
      weights[i] = Math.fma(-rate, b, weights[i]);
    }
  }

  private static void couple(float decay, float[] weights, float[] gradient, int length) {
    for (int i = 0; i < length; i++) {
      gradient[i] = Math.fma(decay, weights[i], gradient[i]);
    }
  }

  private void divideByRootMeanSquare(float[] gradient, float[] square, int length) {
    float rest = 1 - alpha;
    for (int i = 0; i < length; i++) {
      float g = gradient[i];
      float v = Math.fma(alpha, square[i], rest * (g * g));
      square[i] = v;
      gradient[i] = g / ((float) Math.sqrt(v) + epsilon);
    }
  }

  /** Rounding may take the variance of a steady gradient below 0: it counts as 0. */
  private void divideByDeviation(float[] gradient, float[] square, float[] mean, int length) {
    float rest = 1 - alpha;
    for (int i = 0; i < length; i++) {
      float g = gradient[i];
      float v = Math.fma(alpha, square[i], rest * (g * g));
      float a = Math.fma(alpha, mean[i], rest * g);
      square[i] = v;
      mean[i] = a;
      gradient[i] = g / ((float) Math.sqrt(Math.max(Math.fma(-a, a, v), 0f)) + epsilon);
    }
  }
}
