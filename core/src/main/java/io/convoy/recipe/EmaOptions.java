package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * An exponential moving average of the weights, kept beside them (Polyak, Juditsky 1992; in this
 * form Szegedy et al. 2016, section 8). After update t, which counts from 1:
 *
 * <pre>
 *   d = min(decay, (1 + t) / (10 + t))      with warm-up
 *   d = decay                               without
 *   average = average + (1 - d) (w - average)
 * </pre>
 *
 * <p>It starts at the initial weights; warm-up lets it forget them soon. The running mean and
 * variance of a batch norm, averages already, are copied. Training itself never looks at the
 * average; evaluation and what comes after training use it instead of the weights.
 *
 * @param decay in [0, 1); 0.999 by default
 * @param warmup whether the decay grows to its value over the first steps; true by default
 */
public record EmaOptions(double decay, boolean warmup) implements WeightAverage {
  private static final double DEFAULT_DECAY = 0.999;

  public EmaOptions {
    if (!(decay >= 0 && decay < 1)) {
      throw ConvoyException.usage("ema.decay must lie in [0, 1); got %s", decay);
    }
  }

  @JsonCreator
  static EmaOptions of(
      @JsonProperty("decay") Double decay, @JsonProperty("warmup") Boolean warmup) {
    return new EmaOptions(decay == null ? DEFAULT_DECAY : decay, warmup == null || warmup);
  }

  @Override
  public Move move(long update, long stepsPerEpoch, long steps) {
    return new Move(false, share(update));
  }

  /** 1 - d, the share of the new weights, of an update from 1 on. */
  public float share(long update) {
    double warm = warmup ? Math.min(decay, (1.0 + update) / (10.0 + update)) : decay;
    return (float) (1 - warm);
  }
}
