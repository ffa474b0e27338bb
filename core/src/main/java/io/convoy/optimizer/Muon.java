package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"): momentum
 * whose direction is made orthogonal. The weights of each hidden layer are one matrix, rows by
 * columns, a row for each output: OIHW becomes O x IHW. With momentum m, weight decay d and the
 * matrix factors U S Vᵀ of u:
 *
 * <pre>
 *   v = m v + g
 *   u = g + m v                                  Nesterov; else v
 *   w = (1 - rate d) w - rate s U Vᵀ             hidden layers
 *   w = (1 - rate d) w - rate otherRate u        the last layers, biases and normalisations
 * </pre>
 *
 * <p>U Vᵀ comes of Newton-Schulz iterations with the polynomial of the paper, so its singular
 * values lie about 1, not at 1. Grouped convolutions are taken as one matrix, as it is usual.
 *
 * @param momentum in [0, 1); 0.95 by default; 0 keeps no state
 * @param nesterov whether the gradient is taken ahead; true by default where there is momentum
 * @param iterations of Newton-Schulz, 1 to 20; 5 by default
 * @param adjustRate what s is; {@code original} by default
 * @param otherRate what the learning rate is multiplied by for all that is no hidden matrix, above
 *     0; 1 by default
 * @param weightDecay at least 0, apart from the gradient; 0 by default
 * @param decayNormAndBias whether biases and normalisations decay too
 */
public record Muon(
    float momentum,
    boolean nesterov,
    int iterations,
    AdjustRate adjustRate,
    float otherRate,
    float weightDecay,
    boolean decayNormAndBias)
    implements LayerwiseOptimizer {
  private static final int MOST_ITERATIONS = 20;

  /** How long the step of a matrix is. */
  public enum AdjustRate {
    /** sqrt(max(1, rows / columns)). */
    @JsonProperty("original")
    ORIGINAL,
    /**
     * 0.2 sqrt(max(rows, columns)): a step as long as that of AdamW, so that rates are those of
     * AdamW (Liu et al. 2025, "Muon is Scalable for LLM Training").
     */
    @JsonProperty("matchRmsAdamW")
    MATCH_RMS_ADAM_W;

    private double factor(int rows, int columns) {
      return switch (this) {
        case ORIGINAL -> Math.sqrt(Math.max(1, (double) rows / columns));
        case MATCH_RMS_ADAM_W -> 0.2 * Math.sqrt(Math.max(rows, columns));
      };
    }
  }

  public Muon {
    OptimizerRules.share("muon", "momentum", momentum);
    if (nesterov && momentum == 0) {
      throw ConvoyException.usage("muon: nesterov needs a momentum above 0; got momentum 0");
    }
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw ConvoyException.usage(
          "muon: iterations must be from 1 to %d; got %d", MOST_ITERATIONS, iterations);
    }
    OptimizerRules.positive("muon", "otherRate", otherRate);
    OptimizerRules.notNegative("muon", "weightDecay", weightDecay);
  }

  @JsonCreator
  static Muon of(
      @JsonProperty("momentum") Float momentum,
      @JsonProperty("nesterov") Boolean nesterov,
      @JsonProperty("iterations") Integer iterations,
      @JsonProperty("adjustRate") AdjustRate adjustRate,
      @JsonProperty("otherRate") Float otherRate,
      @JsonProperty("weightDecay") float weightDecay,
      @JsonProperty("decayNormAndBias") boolean decayNormAndBias) {
    float given = momentum == null ? 0.95f : momentum;
    return new Muon(
        given,
        nesterov == null ? given != 0 : nesterov,
        iterations == null ? 5 : iterations,
        adjustRate == null ? AdjustRate.ORIGINAL : adjustRate,
        otherRate == null ? 1f : otherRate,
        weightDecay,
        decayNormAndBias);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  /** By {@link #otherRate}. */
  @Override
  public boolean adaptNormAndBias() {
    return true;
  }

  /** What an orthogonal matrix is multiplied by. */
  public float scale(int rows, int columns) {
    return (float) adjustRate.factor(rows, columns);
  }

  /** The gradient with its momentum. */
  @Override
  public void direct(
      long step, float decay, float[] weights, float[] gradient, float[][] slots, int length) {
    if (momentum == 0) {
      return;
    }
    float[] velocity = slots[0];
    float ahead = nesterov ? momentum : 1f;
    float now = nesterov ? 1f : 0f;
    for (int i = 0; i < length; i++) {
      float g = gradient[i];
      float v = Math.fma(momentum, velocity[i], g);
      velocity[i] = v;
      gradient[i] = Math.fma(ahead, v, now * g);
    }
  }

  /** Of all that is no matrix. */
  @Override
  public double trust(double weights, double direction, float decay) {
    return otherRate;
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
    float kept = 1 - rate * decay;
    float step = -rate * trust;
    for (int i = 0; i < length; i++) {
      weights[i] = Math.fma(step, direction[i], kept * weights[i]);
    }
  }
}
