package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * A straight line from {@code rate} down to {@code floor * rate}, over all epochs.
 *
 * @param floor the share of the rate that is left at the end, in [0, 1]; 0 by default
 */
@JsonTypeName("linear")
public record LinearDecay(
    @JsonProperty(required = true) double rate, double warmupEpochs, double floor)
    implements Schedule {
  public LinearDecay {
    ScheduleRules.check("linear", rate, warmupEpochs);
    ScheduleRules.checkFloor("linear", floor);
  }

  @Override
  public double factor(ScheduleStep at) {
    double done = Math.min(1, at.epoch() / at.epochs());
    return floor + (1 - floor) * (1 - done);
  }

  @Override
  public boolean spansTraining() {
    return true;
  }
}
