package io.convoy.schedule;

import io.convoy.error.ConvoyException;

/** The rules that all schedules share. */
final class ScheduleRules {
  private ScheduleRules() {}

  static void check(String type, double rate, double warmupEpochs) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("schedule %s: rate must be above 0; got %s", type, rate);
    }
    if (!(warmupEpochs >= 0 && warmupEpochs < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage(
          "schedule %s: warmupEpochs must be at least 0; got %s", type, warmupEpochs);
    }
  }

  static void checkFloor(String type, double floor) {
    if (!(floor >= 0 && floor <= 1)) {
      throw ConvoyException.usage("schedule %s: floor must lie in [0, 1]; got %s", type, floor);
    }
  }
}
