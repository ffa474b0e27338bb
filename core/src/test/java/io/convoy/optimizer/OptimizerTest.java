package io.convoy.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Update rules against their formulas in double precision, over many steps. */
class OptimizerTest {
  private static final int LENGTH = 207;
  private static final int STEPS = 300;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Sgd(0f, false, 0f, false),
        new Sgd(0f, false, 0.01f, false),
        new Sgd(0.9f, false, 0f, false),
        new Sgd(0.9f, false, 0.01f, false),
        new Sgd(0.9f, true, 0f, false),
        new Sgd(0.5f, true, 0.01f, true),
        new Adam(0.9f, 0.999f, 1e-8f, 0f, false),
        new Adam(0.8f, 0.95f, 1e-3f, 0.01f, false),
        new Adam(0f, 0f, 1e-6f, 0f, false));
  }

  private static float rate(int step) {
    return 0.02f / (1 + step / 100f);
  }

  private static float[] gradient(int step) {
    float[] gradient = Numbers.array(100 + step, LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      gradient[i] += 0.25f * Numbers.uniform(7, i); // a direction that stays
    }
    return gradient;
  }

  /**
   * The error of a sum of 300 updates of 2^-24 each, random in sign, with room: 1e-5 of weights of
   * size 1. Adam without memory divides by the gradient's own size, small or not.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void updatesFollowTheFormula(Optimizer optimizer) {
    float[] weights = Numbers.array(1, LENGTH);
    float[][] slots = new float[optimizer.slots().size()][LENGTH];
    double[] expected = new double[LENGTH];
    double[][] memory = new double[2][LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      expected[i] = weights[i];
    }
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = gradient(step);
      update(optimizer, step, rate(step), expected, gradient, memory);
      optimizer.update(step, rate(step), optimizer.weightDecay(), weights, gradient, slots, LENGTH);
    }
    for (int i = 0; i < LENGTH; i++) {
      assertEquals(expected[i], weights[i], 2e-5, optimizer + " weight " + i);
      for (int s = 0; s < slots.length; s++) {
        assertEquals(memory[s][i], slots[s][i], 1e-5, optimizer.slots().get(s) + " " + i);
      }
    }
  }

  private static void update(
      Optimizer optimizer, int t, double rate, double[] w, float[] gradient, double[][] memory) {
    for (int i = 0; i < w.length; i++) {
      double g = gradient[i] + optimizer.weightDecay() * w[i];
      if (optimizer instanceof Adam adam) {
        memory[0][i] = adam.beta1() * memory[0][i] + (1.0 - adam.beta1()) * g;
        memory[1][i] = adam.beta2() * memory[1][i] + (1.0 - adam.beta2()) * g * g;
        double mean = memory[0][i] / (1 - Math.pow(adam.beta1(), t));
        double square = memory[1][i] / (1 - Math.pow(adam.beta2(), t));
        w[i] -= rate * mean / (Math.sqrt(square) + adam.epsilon());
      } else if (optimizer instanceof Sgd sgd) {
        double v = sgd.momentum() * memory[0][i] + g;
        memory[0][i] = v;
        w[i] -= rate * (sgd.nesterov() ? g + sgd.momentum() * v : v);
      }
    }
  }

  /** Whoever owns whichever slice: the same bits. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void slicesUpdateAsTheWholeDoes(Optimizer optimizer) {
    float[] whole = Numbers.array(1, LENGTH);
    float[] sliced = whole.clone();
    float[][] wholeSlots = new float[optimizer.slots().size()][LENGTH];
    float[][] slicedSlots = new float[optimizer.slots().size()][LENGTH];
    for (int step = 1; step <= 20; step++) {
      float[] gradient = gradient(step);
      optimizer.update(step, rate(step), 0.01f, whole, gradient.clone(), wholeSlots, LENGTH);
      for (int from = 0; from < LENGTH; from += 13) {
        int length = Math.min(13, LENGTH - from);
        float[] piece = Arrays.copyOfRange(sliced, from, from + length);
        float[][] slots = new float[slicedSlots.length][];
        for (int s = 0; s < slots.length; s++) {
          slots[s] = Arrays.copyOfRange(slicedSlots[s], from, from + length);
        }
        float[] part = Arrays.copyOfRange(gradient, from, from + length);
        optimizer.update(step, rate(step), 0.01f, piece, part, slots, length);
        System.arraycopy(piece, 0, sliced, from, length);
        for (int s = 0; s < slots.length; s++) {
          System.arraycopy(slots[s], 0, slicedSlots[s], from, length);
        }
      }
    }
    assertArrayEquals(whole, sliced);
    assertArrayEquals(wholeSlots, slicedSlots);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void nothingBeyondTheLengthIsTouched(Optimizer optimizer) {
    float[] weights = Numbers.array(1, 13);
    float[][] slots = new float[optimizer.slots().size()][13];
    optimizer.update(1, 0.1f, 0.01f, weights, Numbers.array(2, 13), slots, 7);
    float[] before = Numbers.array(1, 13);
    for (int i = 7; i < 13; i++) {
      assertEquals(before[i], weights[i]);
      for (float[] slot : slots) {
        assertEquals(0f, slot[i]);
      }
    }
  }

  @Test
  void theNamesOfSlotsAreFixed() {
    assertEquals(List.of(), new Sgd(0f, false, 0f, false).slots());
    assertEquals(List.of("momentum"), new Sgd(0.9f, false, 0f, false).slots());
    assertEquals(List.of("exp_avg", "exp_avg_sq"), new Adam(0, 0, 1e-8f, 0, false).slots());
  }

  @Test
  void optionsAreChecked() {
    check("sgd: momentum must lie in [0, 1); got 1.0", () -> new Sgd(1f, false, 0, false));
    check("sgd: momentum must lie in [0, 1); got NaN", () -> new Sgd(Float.NaN, false, 0, false));
    check("sgd: weightDecay must be at least 0; got -1.0", () -> new Sgd(0, false, -1f, false));
    check(
        "sgd: nesterov needs a momentum above 0; got momentum 0", () -> new Sgd(0, true, 0, false));
    check(
        "adam: beta1 and beta2 must lie in [0, 1); got 0.9 and 1.0",
        () -> new Adam(0.9f, 1f, 1e-8f, 0, false));
    check("adam: epsilon must lie in (0, 1); got 0.0", () -> new Adam(0.9f, 0.9f, 0f, 0, false));
    check(
        "adam: weightDecay must be at least 0; got Infinity",
        () -> new Adam(0.9f, 0.9f, 1e-8f, Float.POSITIVE_INFINITY, false));
  }

  private static void check(String message, org.junit.jupiter.api.function.Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
