package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Half a cosine from {@code rate} down to {@code floor * rate} (Loshchilov, Hutter 2017, "SGDR",
 * eq. 5, without restarts).
 *
 * @param floor the share of the rate that is left at the end, in [0, 1]; 0 by default
 */
public record Cosine(@JsonProperty(required = true) double rate, double warmupEpochs, double floor)
    implements Schedule {
  public Cosine {
    ScheduleRules.check("cosine", rate, warmupEpochs);
    ScheduleRules.checkFloor("cosine", floor);
  }

  @Override
  public double factor(ScheduleStep at) {
    return factor(Math.min(1, at.epoch() / at.epochs()), floor);
  }

  /** What is left when a share of the way, in [0, 1], is done. */
  static double factor(double done, double floor) {
    return floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
  }

  @Override
  public boolean spansTraining() {
    return true;
  }
}
