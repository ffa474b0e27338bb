package io.convoy.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Smith's schedules, whose rates rise and fall. */
class RisingSchedulesTest {
  private static final int STEPS = 13;
  private static final int EPOCHS = 7;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** 20 steps: up to step 0.3 * 20 - 1 = 5, down to step 19. */
  @Test
  void oneCycleByHand() {
    Schedule linear = new OneCycle(1, 0, 0.3, 4, 10, OneCycle.Annealing.LINEAR, false);
    assertEquals(0.25f, linear.at(0, 20, 1, 1));
    assertEquals(0.4f, linear.at(1, 20, 1, 1)); // a fifth of 0.75 more
    assertEquals(1f, linear.at(5, 20, 1, 1));
    assertEquals((float) (1 - 0.975 * 7 / 14), linear.at(12, 20, 1, 1));
    assertEquals(0.025f, linear.at(19, 20, 1, 1));
    assertEquals(0.025f, linear.at(30, 20, 1, 1));
    Schedule cosine = new OneCycle(1, 0, 0.3, 4, 10, OneCycle.Annealing.COSINE, false);
    double fifth = (1 - Math.cos(Math.PI / 5)) / 2;
    assertEquals(0.25f, cosine.at(0, 20, 1, 1));
    assertEquals(0.25 + 0.75 * fifth, cosine.at(1, 20, 1, 1), 1e-7);
    assertEquals(1f, cosine.at(5, 20, 1, 1));
    assertEquals(0.5125f, cosine.at(12, 20, 1, 1), 1e-7f);
    assertEquals(0.025f, cosine.at(19, 20, 1, 1), 1e-8f);
  }

  /** As far down as up, steps 5 to 10, and then to the end. */
  @Test
  void oneCycleOfThreePhasesByHand() {
    Schedule schedule = new OneCycle(1, 0, 0.3, 4, 10, OneCycle.Annealing.LINEAR, true);
    assertEquals(0.25f, schedule.at(0, 20, 1, 1));
    assertEquals(1f, schedule.at(5, 20, 1, 1));
    assertEquals(0.4f, schedule.at(9, 20, 1, 1));
    assertEquals(0.25f, schedule.at(10, 20, 1, 1));
    assertEquals((float) (0.25 - 0.225 * 3 / 9), schedule.at(13, 20, 1, 1));
    assertEquals(0.025f, schedule.at(19, 20, 1, 1));
  }

  /** No length and no share gives anything but a rate between the lowest and the highest. */
  @Test
  void oneCycleFitsAnyLength() {
    for (int steps = 1; steps < 30; steps++) {
      for (double share : new double[] {0, 0.1, 0.25, 0.5}) {
        for (boolean three : new boolean[] {false, true}) {
          Schedule schedule = new OneCycle(1, 0, share, 4, 10, OneCycle.Annealing.COSINE, three);
          for (int step = 0; step < steps; step++) {
            float rate = schedule.at(step, 1, steps, 1);
            assertTrue(rate >= 0.0249f && rate <= 1, schedule + " " + step + " " + rate);
          }
          boolean ends = steps > 1 || share < 1;
          assertEquals(ends ? 0.025f : 1f, schedule.at(steps - 1, 1, steps, 1), 1e-8f);
        }
      }
      Schedule rising = new OneCycle(1, 0, 1, 4, 10, OneCycle.Annealing.LINEAR, false);
      assertEquals(1f, rising.at(steps - 1, 1, steps, 1));
    }
  }

  /** The paper's own lines: cycle = floor(1 + t / 2s), x = |t / s - 2 cycle + 1|. */
  @Test
  void cyclicIsThePapers() {
    double stepSize = 2.5 * STEPS;
    for (Cyclic.Shape shape : Cyclic.Shape.values()) {
      Double gamma = shape == Cyclic.Shape.EXP_RANGE ? 0.8 : null;
      Schedule schedule = new Cyclic(0.4, 0, 0.25, 2.5, null, shape, gamma);
      for (int t = 0; t < STEPS * EPOCHS * 3; t++) {
        double cycle = Math.floor(1 + t / (2 * stepSize));
        double x = Math.abs(t / stepSize - 2 * cycle + 1);
        double scale =
            switch (shape) {
              case TRIANGULAR -> 1;
              case TRIANGULAR2 -> 1 / Math.pow(2, cycle - 1);
              case EXP_RANGE -> Math.pow(0.8, (double) t / STEPS);
            };
        double expected = 0.1 + 0.3 * Math.max(0, 1 - x) * scale;
        assertEquals(expected, schedule.at(t, STEPS, EPOCHS, 1), 1e-7, shape + " at " + t);
      }
    }
  }

  @Test
  void cyclicMayFallFasterThanItRises() {
    Schedule schedule = new Cyclic(0.8, 0, 0.5, 3, 1.0, Cyclic.Shape.TRIANGULAR, null);
    assertEquals(0.4f, schedule.at(0, 4, 9, 1));
    assertEquals(0.6f, schedule.at(6, 4, 9, 1));
    assertEquals(0.8f, schedule.at(12, 4, 9, 1));
    assertEquals(0.6f, schedule.at(14, 4, 9, 1));
    assertEquals(0.4f, schedule.at(16, 4, 9, 1));
    assertEquals(0.6f, schedule.at(22, 4, 9, 1));
  }

  @Test
  void whatIsNotSaidIsAsUsual() throws Exception {
    assertEquals(
        new OneCycle(0.5, 0, 0.3, 25, 1e4, OneCycle.Annealing.COSINE, false),
        read("{'type': 'oneCycle', 'rate': 0.5}"));
    assertEquals(
        new Cyclic(0.5, 0, 0.25, 2, null, Cyclic.Shape.TRIANGULAR, null),
        read("{'type': 'cyclic', 'rate': 0.5, 'upEpochs': 2}"));
    assertEquals(
        new Cyclic(0.5, 1, 0.1, 2, 3.0, Cyclic.Shape.EXP_RANGE, 0.9),
        read(
            "{'type': 'cyclic', 'rate': 0.5, 'warmupEpochs': 1, 'floor': 0.1, 'upEpochs': 2,"
                + " 'downEpochs': 3, 'shape': 'expRange', 'gamma': 0.9}"));
    assertEquals(new LinearDecay(0.5, 0, 0), read("{'type': 'linear', 'rate': 0.5}"));
  }

  private static Schedule read(String json) throws Exception {
    return JSON.readValue(json.replace('\'', '"'), Schedule.class);
  }

  @Test
  void optionsAreChecked() {
    check(
        "schedule oneCycle: rate must be above 0; got 0.0", () -> oneCycle(0, 0.3, 25, 1e4, false));
    check(
        "schedule oneCycle: warmupShare must lie in [0, 1.0]; got 1.5",
        () -> oneCycle(1, 1.5, 25, 1e4, false));
    check(
        "schedule oneCycle: warmupShare must lie in [0, 0.5] with threePhases; got 0.6",
        () -> oneCycle(1, 0.6, 25, 1e4, true));
    check(
        "schedule oneCycle: startDivisor must be at least 1; got 0.5",
        () -> oneCycle(1, 0.3, 0.5, 1e4, false));
    check(
        "schedule oneCycle: endDivisor must be at least 1; got NaN",
        () -> oneCycle(1, 0.3, 25, Double.NaN, false));
    check("schedule cyclic: floor must lie in [0, 1]; got -1.0", () -> cyclic(-1, 1, 1, null));
    check("schedule cyclic: upEpochs must be above 0; got 0.0", () -> cyclic(0, 0, 1, null));
    check("schedule cyclic: downEpochs must be above 0; got -1.0", () -> cyclic(0, 1, -1, null));
    check(
        "schedule cyclic: gamma belongs to shape expRange, which needs it, and to no other; got"
            + " gamma=0.5",
        () -> cyclic(0, 1, 1, 0.5));
    check(
        "schedule cyclic: gamma belongs to shape expRange, which needs it, and to no other; got"
            + " gamma=null",
        () -> new Cyclic(1, 0, 0, 1, 1.0, Cyclic.Shape.EXP_RANGE, null));
    check(
        "schedule cyclic: gamma must lie in (0, 1]; got 2.0",
        () -> new Cyclic(1, 0, 0, 1, 1.0, Cyclic.Shape.EXP_RANGE, 2.0));
    check(
        "schedule cyclic: upEpochs is missing; give in how many epochs the rate rises",
        () -> Cyclic.of(1, 0, null, null, null, null, null));
  }

  private static Schedule oneCycle(
      double rate, double share, double start, double end, boolean threePhases) {
    return new OneCycle(rate, 0, share, start, end, OneCycle.Annealing.COSINE, threePhases);
  }

  private static Schedule cyclic(double floor, double up, double down, Double gamma) {
    return new Cyclic(1, 0, floor, up, down, Cyclic.Shape.TRIANGULAR, gamma);
  }

  private static void check(String message, Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
