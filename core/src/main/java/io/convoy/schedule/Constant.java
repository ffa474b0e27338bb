package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The same rate throughout. */
public record Constant(@JsonProperty(required = true) double rate, double warmupEpochs)
    implements Schedule {
  public Constant {
    ScheduleRules.check("constant", rate, warmupEpochs);
  }

  @Override
  public double factor(ScheduleStep at) {
    return 1;
  }
}
