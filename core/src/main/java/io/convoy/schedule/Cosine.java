package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

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
    if (!(floor >= 0 && floor <= 1)) {
      throw ConvoyException.usage("schedule cosine: floor must lie in [0, 1]; got %s", floor);
    }
  }

  @Override
  public double factor(double epoch, double epochs) {
    double done = Math.min(1, epoch / epochs);
    return floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
  }

  @Override
  public boolean spansTraining() {
    return true;
  }
}
