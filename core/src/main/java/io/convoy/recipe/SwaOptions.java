package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * The plain average of the weights over the end of a training (Izmailov et al. 2018, "Averaging
 * Weights Leads to Wider Optima and Better Generalization", algorithm 1, but for the weights that
 * the averaging starts from, which have no part in it). With T updates in all epochs, S =
 * floor(start T) and c the interval, the weights after these updates are averaged:
 *
 * <pre>
 *   T, T - c, T - 2 c, …  as long as they are above S
 *   average = average + (w - average) / n      after the n-th of them
 * </pre>
 *
 * <p>They are counted back from the last update, so that the weights at the end, and at the ends of
 * epochs or cycles before it, are among them. Up to the first of them the average is the weights.
 * The running mean and variance of a batch norm are copied at each step, and measured anew for the
 * average where it is evaluated and at the end.
 *
 * @param start the share of all steps after which averaging begins, in [0, 1); 0.75 by default
 * @param interval c, in steps; 0, the default, for an epoch
 * @param rate the learning rate from update S + 1 on, above 0; null, the default, for that of the
 *     schedule
 * @param refreshSamples how many training samples the running statistics of batch norms are
 *     measured on for the average, in whole batches; 0, the default, for all
 */
public record SwaOptions(double start, long interval, Double rate, long refreshSamples)
    implements WeightAverage {
  private static final double DEFAULT_START = 0.75;

  public SwaOptions {
    if (!(start >= 0 && start < 1)) {
      throw ConvoyException.usage("swa.start must lie in [0, 1); got %s", start);
    }
    if (interval < 0) {
      throw ConvoyException.usage("swa.interval must be at least 0; got %d", interval);
    }
    if (rate != null && !(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("swa.rate must be above 0; got %s", rate);
    }
    if (refreshSamples < 0) {
      throw ConvoyException.usage("swa.refreshSamples must be at least 0; got %d", refreshSamples);
    }
  }

  /** With statistics that are measured on all training samples. */
  public SwaOptions(double start, long interval, Double rate) {
    this(start, interval, rate, 0);
  }

  @JsonCreator
  static SwaOptions of(
      @JsonProperty("start") Double start,
      @JsonProperty("interval") long interval,
      @JsonProperty("rate") Double rate,
      @JsonProperty("refreshSamples") long refreshSamples) {
    return new SwaOptions(start == null ? DEFAULT_START : start, interval, rate, refreshSamples);
  }

  /** S: the updates before averaging begins, of so many in all epochs. */
  long startStep(long steps) {
    return (long) (start * steps);
  }

  @Override
  public Move move(long update, long stepsPerEpoch, long steps) {
    long every = interval == 0 ? stepsPerEpoch : interval;
    long from = startStep(steps);
    long first = from + 1 + (steps - from - 1) % every;
    if (update <= first) {
      return new Move(true, 1);
    }
    long since = update - first;
    return new Move(false, since % every == 0 ? (float) (1.0 / (since / every + 1)) : 0);
  }
}
