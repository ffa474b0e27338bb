package io.convoy.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
  private static final float NONE = Float.NaN;
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
        new Adam(0f, 0f, 1e-6f, 0f, false),
        new AdamW(0.9f, 0.999f, 1e-8f, 0f, false),
        new AdamW(0.8f, 0.95f, 1e-3f, 0.1f, true),
        new AdaGrad(0f, 1e-10f, 0f, 0f, false),
        new AdaGrad(0.01f, 1e-3f, 0.1f, 0.01f, false),
        new RmsProp(0.99f, 1e-8f, 0f, false, 0f, false),
        new RmsProp(0.9f, 1e-3f, 0.9f, false, 0.01f, true),
        new RmsProp(0.95f, 1e-3f, 0f, true, 0.01f, false),
        new RmsProp(0.99f, 1e-2f, 0.5f, true, 0f, false),
        new Lion(0.9f, 0.99f, 0f, false),
        new Lion(0.5f, 0.8f, 0.1f, true),
        new Lars(0f, false, 0.001f, 1e-8f, 0.01f, false, false),
        new Lars(0.9f, false, 0.001f, 1e-8f, 0f, false, false),
        new Lars(0.5f, true, 0.02f, 1e-3f, 0.01f, true, true),
        new Lamb(0.9f, 0.999f, 1e-6f, null, 0.01f, false, false),
        new Lamb(0.8f, 0.95f, 1e-3f, 2f, 0f, true, true),
        new Muon(0.95f, true, 5, Muon.AdjustRate.ORIGINAL, 1f, 0.01f, false),
        new Muon(0f, false, 1, Muon.AdjustRate.ORIGINAL, 1f, 0f, true));
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

  private static float[][] slots(Optimizer optimizer, int length) {
    float[][] slots = new float[optimizer.slots().size()][length];
    for (int s = 0; s < slots.length; s++) {
      Arrays.fill(slots[s], optimizer.initialValue(optimizer.slots().get(s)));
    }
    return slots;
  }

  /**
   * The error of a sum of 300 updates of 2^-24 each, random in sign, with room: 1e-5 of weights of
   * size 1. Adam without memory divides by the gradient's own size, small or not.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void updatesFollowTheFormula(Optimizer optimizer) {
    float[] weights = Numbers.array(1, LENGTH);
    float[][] slots = slots(optimizer, LENGTH);
    ReferenceOptimizer reference = new ReferenceOptimizer(optimizer, weights);
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = gradient(step);
      reference.update(step, rate(step), gradient);
      optimizer.update(step, rate(step), optimizer.weightDecay(), weights, gradient, slots, LENGTH);
    }
    for (int i = 0; i < LENGTH; i++) {
      double size = Math.max(1, Math.abs(reference.weight(i)));
      assertEquals(reference.weight(i), weights[i], 2e-5 * size, optimizer + " weight " + i);
      for (int s = 0; s < slots.length; s++) {
        double expected = reference.memory(s, i);
        double error = 1e-5 * Math.max(1, Math.abs(expected));
        assertEquals(expected, slots[s][i], error, optimizer.slots().get(s) + " " + i);
      }
    }
  }

  /** Whoever owns whichever slice: the same bits. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void slicesUpdateAsTheWholeDoes(Optimizer optimizer) {
    float[] whole = Numbers.array(1, LENGTH);
    float[] sliced = whole.clone();
    float[][] wholeSlots = slots(optimizer, LENGTH);
    float[][] slicedSlots = slots(optimizer, LENGTH);
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
    float[][] slots = slots(optimizer, 13);
    optimizer.update(1, 0.1f, 0.01f, weights, Numbers.array(2, 13), slots, 7);
    float[] before = Numbers.array(1, 13);
    for (int i = 7; i < 13; i++) {
      assertEquals(before[i], weights[i]);
      for (int s = 0; s < slots.length; s++) {
        assertEquals(optimizer.initialValue(optimizer.slots().get(s)), slots[s][i]);
      }
    }
  }

  @Test
  void theNamesOfSlotsAreFixed() {
    assertEquals(List.of(), new Sgd(0f, false, 0f, false).slots());
    assertEquals(List.of("momentum"), new Sgd(0.9f, false, 0f, false).slots());
    assertEquals(List.of("exp_avg", "exp_avg_sq"), new Adam(0, 0, 1e-8f, 0, false).slots());
    assertEquals(List.of("exp_avg", "exp_avg_sq"), new AdamW(0, 0, 1e-8f, 0, false).slots());
    assertEquals(List.of("exp_avg"), new Lion(0, 0, 0, false).slots());
    assertEquals(List.of(), lars(0, 1, 0.1f, 0).slots());
    assertEquals(List.of("momentum"), lars(0.9f, 1, 0.1f, 0).slots());
    assertEquals(List.of("exp_avg", "exp_avg_sq"), lamb(0, 0, 0.1f, null, 0).slots());
    assertEquals(List.of("sum"), new AdaGrad(0, 1e-8f, 0, 0, false).slots());
    assertEquals(List.of("square_avg"), new RmsProp(0, 1e-8f, 0, false, 0, false).slots());
    assertEquals(
        List.of("square_avg", "grad_avg", "momentum"),
        new RmsProp(0, 1e-8f, 0.5f, true, 0, false).slots());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void whatIsWrittenAsJsonIsReadBack(Optimizer optimizer) throws Exception {
    String json = JSON.writerFor(Optimizer.class).writeValueAsString(optimizer);
    assertEquals(optimizer, JSON.readValue(json, Optimizer.class), json);
  }

  @Test
  void whatIsNotSaidIsAsUsual() throws Exception {
    assertEquals(new Sgd(0.9f, false, 0f, false), read("sgd"));
    assertEquals(new Adam(0.9f, 0.999f, 1e-8f, 0f, false), read("adam"));
    assertEquals(new AdamW(0.9f, 0.999f, 1e-8f, 0.01f, false), read("adamw"));
    assertEquals(new AdaGrad(0f, 1e-10f, 0f, 0f, false), read("adagrad"));
    assertEquals(new RmsProp(0.99f, 1e-8f, 0f, false, 0f, false), read("rmsprop"));
    assertEquals(new Lion(0.9f, 0.99f, 0f, false), read("lion"));
    assertEquals(new Lars(0.9f, false, 0.001f, 1e-8f, 0f, false, false), read("lars"));
    assertEquals(new Lamb(0.9f, 0.999f, 1e-6f, null, 0.01f, false, false), read("lamb"));
    assertEquals(new Muon(0.95f, true, 5, Muon.AdjustRate.ORIGINAL, 1f, 0f, false), read("muon"));
    assertEquals(
        new Muon(0f, false, 7, Muon.AdjustRate.MATCH_RMS_ADAM_W, 1f, 0f, false),
        JSON.readValue(
            "{\"type\": \"muon\", \"momentum\": 0, \"iterations\": 7,"
                + " \"adjustRate\": \"matchRmsAdamW\"}",
            Optimizer.class));
  }

  private static Optimizer read(String type) throws Exception {
    return JSON.readValue("{\"type\": \"%s\"}".formatted(type), Optimizer.class);
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
    check(
        "adamw: beta1 and beta2 must lie in [0, 1); got -0.1 and 0.9",
        () -> new AdamW(-0.1f, 0.9f, 1e-8f, 0, false));
    check("adamw: epsilon must lie in (0, 1); got 1.0", () -> new AdamW(0, 0, 1f, 0, false));
    check(
        "adamw: weightDecay must be at least 0; got NaN", () -> new AdamW(0, 0, 0.1f, NONE, true));
    check("adagrad: rateDecay must be at least 0; got -1.0", () -> adaGrad(-1, 0.1f, 0, 0));
    check("adagrad: epsilon must lie in (0, 1); got NaN", () -> adaGrad(0, NONE, 0, 0));
    check(
        "adagrad: initialAccumulator must be at least 0; got -0.5",
        () -> adaGrad(0, 0.1f, -0.5f, 0));
    check("adagrad: weightDecay must be at least 0; got -2.0", () -> adaGrad(0, 0.1f, 0, -2));
    check(
        "lion: beta1 and beta2 must lie in [0, 1); got 1.0 and 0.9",
        () -> new Lion(1f, 0.9f, 0, false));
    check("lion: weightDecay must be at least 0; got -1.0", () -> new Lion(0, 0, -1, false));
    check("lars: momentum must lie in [0, 1); got 1.0", () -> lars(1, 1, 0.1f, 0));
    check("lars: trustCoefficient must be above 0; got 0.0", () -> lars(0, 0, 0.1f, 0));
    check("lars: epsilon must lie in (0, 1); got 1.0", () -> lars(0, 1, 1, 0));
    check("lars: weightDecay must be at least 0; got NaN", () -> lars(0, 1, 0.1f, NONE));
    check(
        "lars: nesterov needs a momentum above 0; got momentum 0",
        () -> new Lars(0, true, 1, 0.1f, 0, false, false));
    check(
        "lamb: beta1 and beta2 must lie in [0, 1); got 0.0 and 1.0",
        () -> lamb(0, 1, 0.1f, null, 0));
    check("lamb: epsilon must lie in (0, 1); got 0.0", () -> lamb(0, 0, 0, null, 0));
    check("lamb: maxTrust must be above 0; got 0.0", () -> lamb(0, 0, 0.1f, 0f, 0));
    check("lamb: weightDecay must be at least 0; got -1.0", () -> lamb(0, 0, 0.1f, 1f, -1));
    check("muon: momentum must lie in [0, 1); got 1.0", () -> muon(1, false, 5, 1, 0));
    check("muon: nesterov needs a momentum above 0; got momentum 0", () -> muon(0, true, 5, 1, 0));
    check("muon: iterations must be from 1 to 20; got 0", () -> muon(0, false, 0, 1, 0));
    check("muon: iterations must be from 1 to 20; got 21", () -> muon(0, false, 21, 1, 0));
    check("muon: otherRate must be above 0; got 0.0", () -> muon(0, false, 5, 0, 0));
    check("muon: weightDecay must be at least 0; got -1.0", () -> muon(0, false, 5, 1, -1));
    check("rmsprop: alpha must lie in [0, 1); got 1.0", () -> rmsProp(1, 0.1f, 0, 0));
    check("rmsprop: epsilon must lie in (0, 1); got -1.0", () -> rmsProp(0, -1, 0, 0));
    check("rmsprop: momentum must lie in [0, 1); got 1.5", () -> rmsProp(0, 0.1f, 1.5f, 0));
    check("rmsprop: weightDecay must be at least 0; got NaN", () -> rmsProp(0, 0.1f, 0, NONE));
  }

  private static Muon muon(
      float momentum, boolean nesterov, int iterations, float otherRate, float decay) {
    return new Muon(
        momentum, nesterov, iterations, Muon.AdjustRate.ORIGINAL, otherRate, decay, false);
  }

  private static Lars lars(float momentum, float trustCoefficient, float epsilon, float decay) {
    return new Lars(momentum, false, trustCoefficient, epsilon, decay, false, false);
  }

  private static Lamb lamb(float beta1, float beta2, float epsilon, Float maxTrust, float decay) {
    return new Lamb(beta1, beta2, epsilon, maxTrust, decay, false, false);
  }

  private static AdaGrad adaGrad(float rateDecay, float epsilon, float initial, float decay) {
    return new AdaGrad(rateDecay, epsilon, initial, decay, false);
  }

  private static RmsProp rmsProp(float alpha, float epsilon, float momentum, float decay) {
    return new RmsProp(alpha, epsilon, momentum, false, decay, false);
  }

  private static void check(String message, org.junit.jupiter.api.function.Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
