package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * AdaGrad (Duchi, Hazan, Singer 2011, figure 1 with diagonal matrices), with weight decay d coupled
 * to the gradient and a decay of the rate, in the form of the common frameworks:
 *
 * <pre>
 *   g = g + d w
 *   s = s + g²
 *   w = w - rate / (1 + (t - 1) rateDecay) * g / (sqrt(s) + epsilon)
 * </pre>
 *
 * <p>Update t counts from 1. The rate's decay is computed in double precision; it comes on top of
 * the schedule.
 *
 * @param rateDecay at least 0; 0 by default
 * @param epsilon in (0, 1); 1e-10 by default
 * @param initialAccumulator what s is at first, at least 0; 0 by default
 * @param weightDecay at least 0
 * @param decayNormAndBias whether biases and normalisations decay too
 */
@JsonTypeName("adagrad")
public record AdaGrad(
    float rateDecay,
    float epsilon,
    float initialAccumulator,
    float weightDecay,
    boolean decayNormAndBias)
    implements Optimizer {

  public AdaGrad {
    OptimizerRules.notNegative("adagrad", "rateDecay", rateDecay);
    OptimizerRules.epsilon("adagrad", epsilon);
    OptimizerRules.notNegative("adagrad", "initialAccumulator", initialAccumulator);
    OptimizerRules.notNegative("adagrad", "weightDecay", weightDecay);
  }

  @JsonCreator
  static AdaGrad of(
      @JsonProperty("rateDecay") float rateDecay,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("initialAccumulator") float initialAccumulator,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    return new AdaGrad(
        rateDecay,
        epsilon == null ? 1e-10f : epsilon,
        initialAccumulator,
        weightDecay,
        decayNormAndBias);
  }

  @Override
  public List<String> slots() {
    return List.of("sum");
  }

  @Override
  public float initialValue(String slot) {
    return initialAccumulator;
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
    float stepSize = (float) (rate / (1 + (step - 1) * (double) rateDecay));
    float[] sum = slots[0];
    for (int i = 0; i < length; i++) {
      float g = Math.fma(decay, weights[i], gradient[i]);
      float s = Math.fma(g, g, sum[i]);
      sum[i] = s;
      weights[i] = Math.fma(-stepSize, g / ((float) Math.sqrt(s) + epsilon), weights[i]);
    }
  }
}
