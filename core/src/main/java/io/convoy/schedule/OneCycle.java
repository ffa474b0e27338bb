package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * One cycle (Smith, Topin 2018, "Super-Convergence", section 3; Smith 2018, "A disciplined approach
 * to neural network hyper-parameters", section 4.1), in the form of the common frameworks: the rate
 * rises from {@code rate / startDivisor} to {@code rate}, and falls to {@code rate / (startDivisor
 * endDivisor)}, over all T steps of the training. With warm-up share p the highest rate is that of
 * step p T - 1, and the lowest that of the last one:
 *
 * <pre>
 *   rise   steps 0 to p T - 1
 *   fall   steps p T - 1 to T - 1
 * </pre>
 *
 * <p>With {@code threePhases}, as in the papers, the rate first falls as slowly as it rose, to
 * where it began, and then on to its end:
 *
 * <pre>
 *   rise   steps 0 to p T - 1
 *   fall   steps p T - 1 to 2 p T - 2
 *   end    steps 2 p T - 2 to T - 1
 * </pre>
 *
 * <p>The cycle begins low, so it needs no warm-up beside. Momentum stays.
 *
 * @param rate the highest rate
 * @param warmupShare p, in [0, 1], with three phases in [0, 0.5]; 0.3 by default
 * @param startDivisor at least 1; 25 by default
 * @param endDivisor at least 1; 10,000 by default
 * @param annealing how the rate goes from one to the other
 * @param threePhases whether the way down is as long as the way up, with an end behind it
 */
public record OneCycle(
    double rate,
    double warmupEpochs,
    double warmupShare,
    double startDivisor,
    double endDivisor,
    Annealing annealing,
    boolean threePhases)
    implements Schedule {
  private static final double DEFAULT_SHARE = 0.3;
  private static final double DEFAULT_START = 25;
  private static final double DEFAULT_END = 1e4;

  /** How a rate goes from one value to another. */
  public enum Annealing {
    /** Along half a cosine. */
    @JsonProperty("cosine")
    COSINE,
    /** Along a straight line. */
    @JsonProperty("linear")
    LINEAR
  }

  public OneCycle {
    ScheduleRules.check("oneCycle", rate, warmupEpochs);
    double most = threePhases ? 0.5 : 1;
    if (!(warmupShare >= 0 && warmupShare <= most)) {
      throw ConvoyException.usage(
          "schedule oneCycle: warmupShare must lie in [0, %s]%s; got %s",
          most, threePhases ? " with threePhases" : "", warmupShare);
    }
    divisor("startDivisor", startDivisor);
    divisor("endDivisor", endDivisor);
  }

  @JsonCreator
  static OneCycle of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("warmupShare") Double warmupShare,
      @JsonProperty("startDivisor") Double startDivisor,
      @JsonProperty("endDivisor") Double endDivisor,
      @JsonProperty("annealing") Annealing annealing,
      @JsonProperty("threePhases") boolean threePhases) {
    return new OneCycle(
        rate,
        warmupEpochs,
        warmupShare == null ? DEFAULT_SHARE : warmupShare,
        startDivisor == null ? DEFAULT_START : startDivisor,
        endDivisor == null ? DEFAULT_END : endDivisor,
        annealing == null ? Annealing.COSINE : annealing,
        threePhases);
  }

  private static void divisor(String key, double value) {
    if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("schedule oneCycle: %s must be at least 1; got %s", key, value);
    }
  }

  @Override
  public double factor(ScheduleStep at) {
    double start = 1 / startDivisor;
    double end = start / endDivisor;
    double last = at.steps() - 1.0;
    double top = warmupShare * at.steps() - 1;
    double step = at.step();
    if (step <= top) {
      return between(start, 1, top > 0 ? step / top : 1);
    }
    double fallen = threePhases ? 2 * top : last;
    if (step <= fallen) {
      return between(1, threePhases ? start : end, (step - top) / (fallen - top));
    }
    return threePhases && step < last
        ? between(start, end, (step - fallen) / (last - fallen))
        : end;
  }

  /** A factor on the way from one to another, of which a share is done. */
  private double between(double from, double to, double done) {
    return switch (annealing) {
      case COSINE -> to + (from - to) * Cosine.factor(done, 0);
      case LINEAR -> from + (to - from) * done;
    };
  }

  @Override
  public boolean spansTraining() {
    return true;
  }
}
