package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * The rate is multiplied by {@code gamma} at each milestone.
 *
 * @param milestones epochs, ascending, above 0
 * @param gamma in (0, 1], 0.1 by default
 */
@JsonTypeName("step")
public record StepDecay(double rate, double warmupEpochs, List<Double> milestones, double gamma)
    implements Schedule {
  public StepDecay {
    ScheduleRules.check("step", rate, warmupEpochs);
    milestones = List.copyOf(milestones);
    if (!(gamma > 0 && gamma <= 1)) {
      throw ConvoyException.usage("schedule step: gamma must lie in (0, 1]; got %s", gamma);
    }
    double last = 0;
    for (double milestone : milestones) {
      if (!(milestone > last)) {
        throw ConvoyException.usage(
            "schedule step: milestones must be above 0 and ascend; got %s", milestones);
      }
      last = milestone;
    }
  }

  @JsonCreator
  static StepDecay of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("milestones") List<Double> milestones,
      @JsonProperty("gamma") Double gamma) {
    if (milestones == null || milestones.isEmpty()) {
      throw ConvoyException.usage(
          "schedule step: milestones is missing; give the epochs at which the rate falls");
    }
    return new StepDecay(rate, warmupEpochs, milestones, gamma == null ? 0.1 : gamma);
  }

  @Override
  public double factor(ScheduleStep at) {
    double factor = 1;
    for (double milestone : milestones) {
      if (at.epoch() >= milestone) {
        factor *= gamma;
      }
    }
    return factor;
  }
}
