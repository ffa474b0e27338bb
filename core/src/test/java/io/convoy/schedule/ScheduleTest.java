package io.convoy.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ScheduleTest {
  private static final int STEPS = 13;
  private static final int EPOCHS = 7;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<Schedule> ALL =
      List.of(
          new Constant(0.3, 2.25),
          new StepDecay(0.3, 0.5, List.of(2.0), 0.1),
          new Cosine(0.3, 3, 0),
          new Cosine(0.3, 0, 1),
          new Cycles(0.3, 0, 0, 5),
          new Cycles(0.3, 1.5, 0.25, 20),
          new Exponential(0.3, 1.5, 0.5),
          new Exponential(0.3, 0, 1),
          new InverseTime(0.3, 0.5, 3),
          new InverseTime(0.3, 0, 0),
          new Plateau(0.3, 0.5, 0.5, 2, 0.01, 0.001),
          new LinearDecay(0.3, 1.5, 0.25),
          new OneCycle(0.3, 0, 0.3, 25, 1e4, OneCycle.Annealing.COSINE, false),
          new OneCycle(0.3, 0, 0.4, 10, 100, OneCycle.Annealing.LINEAR, true),
          new Cyclic(0.3, 0, 0.25, 1.5, 0.7, Cyclic.Shape.TRIANGULAR, null),
          new Cyclic(0.3, 0.5, 0.1, 2, null, Cyclic.Shape.TRIANGULAR2, null),
          new Cyclic(0.3, 0, 0.5, 1, 3.0, Cyclic.Shape.EXP_RANGE, 0.9));

  private static float at(Schedule schedule, long step) {
    return schedule.at(step, STEPS, EPOCHS, 1);
  }

  @Test
  void constantStays() {
    Schedule schedule = new Constant(0.1, 0);
    for (long step = 0; step < STEPS * EPOCHS; step++) {
      assertEquals(0.1f, at(schedule, step));
    }
  }

  /** What says that it does not look at the training's length has the same rates at any length. */
  @Test
  void onlyWhatSpansTheTrainingDependsOnItsLength() {
    for (Schedule schedule : ALL) {
      boolean same = true;
      for (long step = 0; step < STEPS * EPOCHS; step++) {
        same &= at(schedule, step) == schedule.at(step, STEPS, 2 * EPOCHS, 1);
      }
      boolean flat = schedule instanceof Cosine cosine && cosine.floor() == 1;
      assertEquals(schedule.spansTraining() && !flat, !same, schedule::toString);
    }
  }

  private static double left(double... losses) {
    Plateau plateau = new Plateau(0.8, 0, 0.5, 2, 0.25, 0.15);
    return plateau.validatedFactor(DoubleStream.of(losses).boxed().toList());
  }

  @Test
  void plateauFallsWhenTheLossNoLongerDoes() {
    assertEquals(1, left());
    assertEquals(1, left(4));
    assertEquals(1, left(4, 4));
    assertEquals(0.5, left(4, 4, 4));
    assertEquals(0.5, left(4, 3.75, 3.75), "a fall has to exceed 0.25");
    assertEquals(1, left(4, 3.75, 3.5), "a little at a time counts together");
    assertEquals(1, left(4, 4, 3, 3));
    assertEquals(0.5, left(4, 4, 3, 3, 3));
    assertEquals(0.5, left(4, 4, 4, 4), "patience begins anew");
    assertEquals(0.25, left(4, 4, 4, 4, 4));
    assertEquals(0.15 / 0.8, left(4, 4, 4, 4, 4, 4, 4), "not below minRate");
    assertEquals(0.15 / 0.8, left(4, 4, 4, 4, 4, 4, 4, 4, 4, 1));
    assertEquals(0.5, left(4, Double.NaN, Double.NaN));
    assertEquals(0.5, left(Double.NaN, Double.NaN, 4), "what is no number is no gain");
  }

  @Test
  void plateauScalesTheRateOfEachStep() {
    Plateau plateau = new Plateau(0.8, 1, 0.5, 2, 0, 0);
    assertEquals((float) (0.8 / 14), plateau.at(0, STEPS, EPOCHS, 1));
    assertEquals((float) (0.8 / 14 * 0.25), plateau.at(0, STEPS, EPOCHS, 0.25));
    assertEquals(0.8f, plateau.at(40, STEPS, EPOCHS, 1));
    assertEquals(0.2f, plateau.at(40, STEPS, EPOCHS, 0.25));
    assertTrue(plateau.followsValidation());
    assertEquals(1, new Constant(0.1, 0).validatedFactor(List.of(1.0, 2.0, 3.0)));
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

  /** Equation 2 of the paper as it stands there, with iterations from 1. */
  @Test
  void cyclesAreThePapersWhereTheyDivideTheSteps() {
    Schedule schedule = new Cycles(0.2, 0, 0, 7);
    int total = 13 * 7;
    int perCycle = total / 7;
    for (int t = 1; t <= total; t++) {
      double expected = 0.2 / 2 * (Math.cos(Math.PI * ((t - 1) % perCycle) / perCycle) + 1);
      assertEquals(expected, schedule.at(t - 1, 13, 7, 1), 1e-8);
    }
    assertEquals(List.of(13L, 26L, 39L, 52L, 65L, 78L, 91L), schedule.snapshots(total));
    assertEquals(0f, schedule.at(total, 13, 7, 1));
  }

  /** Any number of cycles of any number of steps: each starts at the rate and falls. */
  @Test
  void cyclesCoverAllStepsAndDifferInLengthByOneAtMost() {
    for (int cycles = 1; cycles <= 12; cycles++) {
      for (int steps = 1; steps <= 40; steps++) {
        Schedule schedule = new Cycles(0.5, 0, 0.125, cycles);
        List<Long> ends = schedule.snapshots(steps);
        assertEquals(Math.min(cycles, steps), ends.size());
        assertEquals(steps, ends.get(ends.size() - 1));
        long start = 0;
        for (long end : ends) {
          assertTrue(end - start == steps / cycles || end - start == steps / cycles + 1);
          for (long step = start; step < end; step++) {
            double share = (double) (step - start) / (end - start);
            double expected = 0.5 * (0.125 + 0.875 * (1 + Math.cos(Math.PI * share)) / 2);
            assertEquals(expected, schedule.at(step, 1, steps, 1), 1e-7);
          }
          start = end;
        }
      }
    }
    assertEquals(List.of(3L, 6L, 10L), new Cycles(1, 0, 0, 3).snapshots(10));
    assertEquals(List.of(), new Cosine(1, 0, 0).snapshots(10));
  }

  @Test
  void exponentialLosesTheSameShareInEveryEpoch() {
    Schedule schedule = new Exponential(0.8, 0, 0.5);
    assertEquals(0.8f, at(schedule, 0));
    assertEquals(0.4f, at(schedule, 13)); // one epoch
    assertEquals(0.1f, at(schedule, 39));
    assertEquals(0.8 * Math.sqrt(0.5), schedule.at(7, 14, 3, 1), 1e-7); // half an epoch
    for (long step = 0; step < STEPS * EPOCHS; step++) {
      double expected = 0.8 * Math.exp(Math.log(0.5) * step / STEPS);
      assertEquals(expected, at(schedule, step), 1e-7);
    }
  }

  @Test
  void inverseTimeFallsAsOneOverT() {
    Schedule schedule = new InverseTime(0.6, 0, 2);
    assertEquals(0.6f, at(schedule, 0));
    assertEquals(0.2f, at(schedule, 13)); // 0.6 / (1 + 2)
    assertEquals(0.12f, at(schedule, 26));
    assertEquals(0.3f, schedule.at(7, 14, 3, 1)); // half an epoch
  }

  @Test
  void linearFallsAlongALine() {
    Schedule schedule = new LinearDecay(0.8, 0, 0.25);
    assertEquals(0.8f, at(schedule, 0));
    assertEquals(0.5f, schedule.at(14, 4, 7, 1)); // half of 28 steps
    assertEquals(0.2f, at(schedule, STEPS * EPOCHS));
    assertEquals(0.2f, at(schedule, 2 * STEPS * EPOCHS));
    assertEquals(0.8 / 27, at(new LinearDecay(0.8, 2, 1), 0), 1e-8);
  }

  @Test
  void theNewOnesWarmUpAsTheOthers() {
    assertEquals(0.1 / 27, at(new Exponential(0.1, 2, 1), 0), 1e-9);
    assertEquals(0.1 / 27, at(new InverseTime(0.1, 2, 0), 0), 1e-9);
    assertEquals(at(new Exponential(0.1, 0, 0.9), 26), at(new Exponential(0.1, 2, 0.9), 26));
    assertEquals(at(new InverseTime(0.1, 0, 0.9), 26), at(new InverseTime(0.1, 2, 0.9), 26));
    float constant = at(new Constant(0.1, 2), 13);
    assertEquals(constant * 0.5, at(new Exponential(0.1, 2, 0.5), 13), 1e-8);
    assertEquals(constant * 0.5, at(new InverseTime(0.1, 2, 1), 13), 1e-8);
  }

  @Test
  void whatIsWrittenAsJsonIsReadBack() throws Exception {
    for (Schedule schedule : ALL) {
      String json = JSON.writerFor(Schedule.class).writeValueAsString(schedule);
      assertEquals(schedule, JSON.readValue(json, Schedule.class), json);
    }
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
    for (Schedule schedule : ALL) {
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
    check("schedule cycles: cycles must lie in [1, 1000]; got 0", () -> new Cycles(1, 0, 0, 0));
    check(
        "schedule cycles: cycles must lie in [1, 1000]; got 1001", () -> new Cycles(1, 0, 0, 1001));
    check("schedule cycles: floor must lie in [0, 1]; got -0.5", () -> new Cycles(1, 0, -0.5, 2));
    check(
        "schedule cycles: cycles is missing; give how many times the rate falls, which is how many"
            + " snapshots are kept",
        () -> Cycles.of(1, 0, 0, null));
    check(
        "schedule step: gamma must lie in (0, 1]; got 0.0",
        () -> new StepDecay(1, 0, List.of(1.0), 0));
    check(
        "schedule step: milestones must be above 0 and ascend; got [2.0, 2.0]",
        () -> new StepDecay(1, 0, List.of(2.0, 2.0), 0.1));
    check(
        "schedule step: milestones is missing; give the epochs at which the rate falls",
        () -> StepDecay.of(1, 0, List.of(), null));
    check(
        "schedule exponential: gamma must lie in (0, 1]; got 1.5",
        () -> new Exponential(1, 0, 1.5));
    check(
        "schedule exponential: gamma is missing; give what is left of the rate after an epoch",
        () -> Exponential.of(1, 0, null));
    check("schedule linear: floor must lie in [0, 1]; got 2.0", () -> new LinearDecay(1, 0, 2));
    check("schedule inverseTime: rate must be above 0; got -1.0", () -> new InverseTime(-1, 0, 1));
    check(
        "schedule inverseTime: decay must be at least 0; got -1.0",
        () -> new InverseTime(1, 0, -1));
    check(
        "schedule inverseTime: decay is missing; give by how much 1 / rate grows in an epoch, as a"
            + " share of what it is at first",
        () -> InverseTime.of(1, 0, null));
  }

  private static void check(String message, Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
