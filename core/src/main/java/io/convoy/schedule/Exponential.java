package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * The rate falls by the same factor in every epoch, a little with each step:
 *
 * <pre>
 *   rate gamma^epoch
 * </pre>
 *
 * @param gamma what is left of the rate after an epoch, in (0, 1]
 */
public record Exponential(double rate, double warmupEpochs, double gamma) implements Schedule {
  public Exponential {
    ScheduleRules.check("exponential", rate, warmupEpochs);
    if (!(gamma > 0 && gamma <= 1)) {
      throw ConvoyException.usage("schedule exponential: gamma must lie in (0, 1]; got %s", gamma);
    }
  }

  @JsonCreator
  static Exponential of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("gamma") Double gamma) {
    if (gamma == null) {
      throw ConvoyException.usage(
          "schedule exponential: gamma is missing; give what is left of the rate after an epoch");
    }
    return new Exponential(rate, warmupEpochs, gamma);
  }

  @Override
  public double factor(ScheduleStep at) {
    return StrictMath.pow(gamma, at.epoch());
  }
}
