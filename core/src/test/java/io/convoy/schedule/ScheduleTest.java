package io.convoy.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ScheduleTest {
  private static final int STEPS = 13;
  private static final int EPOCHS = 7;

  private static float at(Schedule schedule, long step) {
    return schedule.at(step, STEPS, EPOCHS);
  }

  @Test
  void constantStays() {
    Schedule schedule = new Constant(0.1, 0);
    for (long step = 0; step < STEPS * EPOCHS; step++) {
      assertEquals(0.1f, at(schedule, step));
    }
  }

  @Test
  void stepDecayFallsAtItsMilestones() {
    Schedule schedule = new StepDecay(0.5, 0, List.of(1.5, 3.0, 5.0), 0.25);
    assertEquals(0.5f, at(schedule, 0));
    assertEquals(0.5f, at(schedule, 19)); // 19 / 13 = 1.46
    assertEquals(0.125f, at(schedule, 20)); // 20 / 13 = 1.54
    assertEquals(0.125f, at(schedule, 38));
    assertEquals(0.03125f, at(schedule, 39)); // epoch 3 starts
    assertEquals((float) (0.5 / 64), at(schedule, 65));
    assertEquals((float) (0.5 / 64), at(schedule, 90));
  }

  @Test
  void cosineGoesFromRateToFloor() {
    Schedule schedule = new Cosine(0.2, 0, 0.1);
    for (long step = 0; step < STEPS * EPOCHS; step++) {
      double share = (double) step / (STEPS * EPOCHS);
      double expected = 0.2 * (0.1 + 0.9 * (1 + Math.cos(Math.PI * share)) / 2);
      assertEquals(expected, at(schedule, step), 1e-8);
    }
    assertEquals(0.2f, at(schedule, 0));
    assertEquals(0.02f, at(schedule, STEPS * EPOCHS), 1e-9f);
    assertEquals(at(schedule, STEPS * EPOCHS), at(schedule, 10 * STEPS * EPOCHS));
  }

  @Test
  void warmupRisesLinearlyToTheSchedule() {
    Schedule schedule = new Constant(0.1, 1.5);
    double warmupSteps = 1.5 * STEPS; // 19.5
    for (long step = 0; step < 19; step++) {
      assertEquals(0.1 * (step + 1) / (warmupSteps + 1), at(schedule, step), 1e-8);
    }
    assertTrue(at(schedule, 19) < 0.1f);
    assertEquals(0.1f, at(schedule, 20));
    Schedule decaying = new Cosine(0.1, 2, 0);
    Schedule plain = new Cosine(0.1, 0, 0);
    assertEquals(at(plain, 26), at(decaying, 26));
    assertTrue(at(decaying, 25) < at(plain, 25));
  }

  @Test
  void ratesAreNeverNegativeAndNeverAboveTheRate() {
    List<Schedule> schedules =
        List.of(
            new Constant(0.3, 2.25),
            new StepDecay(0.3, 0.5, List.of(2.0), 0.1),
            new Cosine(0.3, 3, 0),
            new Cosine(0.3, 0, 1));
    for (Schedule schedule : schedules) {
      for (long step = 0; step < 2 * STEPS * EPOCHS; step++) {
        float rate = at(schedule, step);
        assertTrue(rate >= 0 && rate <= 0.3f, schedule + " at " + step + ": " + rate);
      }
      assertTrue(at(schedule, 0) > 0);
    }
  }

  @Test
  void optionsAreChecked() {
    check("schedule constant: rate must be above 0; got 0.0", () -> new Constant(0, 0));
    check("schedule constant: rate must be above 0; got NaN", () -> new Constant(Double.NaN, 0));
    check("schedule cosine: warmupEpochs must be at least 0; got -1.0", () -> new Cosine(1, -1, 0));
    check("schedule cosine: floor must lie in [0, 1]; got 1.5", () -> new Cosine(1, 0, 1.5));
    check(
        "schedule step: gamma must lie in (0, 1]; got 0.0",
        () -> new StepDecay(1, 0, List.of(1.0), 0));
    check(
        "schedule step: milestones must be above 0 and ascend; got [2.0, 2.0]",
        () -> new StepDecay(1, 0, List.of(2.0, 2.0), 0.1));
    check(
        "schedule step: milestones is missing; give the epochs at which the rate falls",
        () -> StepDecay.of(1, 0, List.of(), null));
  }

  private static void check(String message, Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
