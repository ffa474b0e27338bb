package io.convoy.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Single steps whose every number can be followed on paper. */
class HandWorkedStepsTest {
  /** One weight, step after step. */
  private static final class Weight {
    private final Optimizer optimizer;
    private final float[] weight;
    private final float[][] slots;
    private int step;

    Weight(Optimizer optimizer, float start) {
      this.optimizer = optimizer;
      weight = new float[] {start};
      slots =
          optimizer.slots().stream()
              .map(name -> new float[] {optimizer.initialValue(name)})
              .toArray(float[][]::new);
    }

    float update(float rate, float gradient) {
      float[] g = {gradient};
      optimizer.update(++step, rate, optimizer.weightDecay(), weight, g, slots, 1);
      return weight[0];
    }
  }

  @Test
  void adaGrad() {
    Weight weight = new Weight(new AdaGrad(1f, 0.5f, 0f, 0f, false), 1f);
    assertEquals(0.625f, weight.update(0.5f, 1.5f)); // s = 2.25; 1 - 0.5 * 1.5 / (1.5 + 0.5)
    assertEquals(2.25f, weight.slots[0][0]);
    // s = 6.25, the rate is halved: 0.625 - 0.25 * 2 / (2.5 + 0.5)
    assertEquals(0.625 - 0.5 / 3, weight.update(0.5f, 2f), 1e-7);
    assertEquals(6.25f, weight.slots[0][0]);
  }

  @Test
  void adaGradStartsFromItsAccumulatorAndDecaysWeights() {
    Weight weight = new Weight(new AdaGrad(0f, 0.5f, 16f, 0.5f, false), 4f);
    // g = 1 + 0.5 * 4 = 3, s = 16 + 9
    assertEquals(4 - 3 / 5.5, weight.update(1f, 1f), 1e-6);
    assertEquals(25f, weight.slots[0][0]);
  }

  @Test
  void rmsProp() {
    Weight weight = new Weight(new RmsProp(0.75f, 0.5f, 0f, false, 0f, false), 1f);
    assertEquals(0.5, weight.update(0.375f, 2f), 1e-7); // v = 1; 1 - 0.375 * 2 / 1.5
    assertEquals(1f, weight.slots[0][0]);
    // v = 0.75 + 0.25; 0.5 + 0.75 * 1 / 1.5
    assertEquals(1.0, weight.update(0.75f, -1f), 1e-7);
  }

  @Test
  void rmsPropWithMomentum() {
    Weight weight = new Weight(new RmsProp(0.75f, 0.5f, 0.5f, false, 0f, false), 1f);
    assertEquals(0.5, weight.update(0.375f, 2f), 1e-7);
    assertEquals(4 / 3f, weight.slots[1][0]);
    // v = 0.75, and nothing new: b = 2/3
    assertEquals(0.25, weight.update(0.375f, 0f), 1e-7);
    assertEquals(0.75f, weight.slots[0][0]);
  }

  @Test
  void centeredRmsProp() {
    Weight weight = new Weight(new RmsProp(0.75f, 0.5f, 0f, true, 0f, false), 1f);
    // v = 1, a = 0.5, the variance is 0.75
    assertEquals(1 - 2 / (Math.sqrt(0.75) + 0.5), weight.update(1f, 2f), 1e-6);
    assertArrayEquals(new float[][] {{1f}, {0.5f}}, weight.slots);
  }

  /** After so long v and a² are equal but for rounding, on either side. */
  @Test
  void centeredRmsPropOfASteadyGradientStaysFinite() {
    for (float gradient : new float[] {0.1f, 0.3f, 1f, 7f, 1e-3f}) {
      Weight weight = new Weight(new RmsProp(0.5f, 1e-8f, 0f, true, 0f, false), 1f);
      IntStream.range(0, 300).forEach(i -> weight.update(1e-9f, gradient));
      assertTrue(Float.isFinite(weight.weight[0]), "gradient " + gradient);
    }
  }

  @Test
  void adamW() {
    Weight weight = new Weight(new AdamW(0.9f, 0.999f, 1e-8f, 0.5f, false), 2f);
    // 2 * (1 - 0.1 * 0.5) = 1.9; the first step is as long as the rate, whatever the gradient
    assertEquals(1.8, weight.update(0.1f, 1f), 1e-6);
    assertEquals(0.1f, weight.slots[0][0], 1e-7f);
    assertEquals(0.001f, weight.slots[1][0], 1e-7f);
  }

  @Test
  void adamWWithoutDecayIsAdam() {
    Weight decoupled = new Weight(new AdamW(0.8f, 0.9f, 1e-6f, 0f, false), 2f);
    Weight adam = new Weight(new Adam(0.8f, 0.9f, 1e-6f, 0f, false), 2f);
    for (int i = 1; i < 20; i++) {
      assertEquals(adam.update(0.1f, 1f / i), decoupled.update(0.1f, 1f / i));
    }
    assertArrayEquals(adam.slots, decoupled.slots);
  }

  @Test
  void lion() {
    Weight weight = new Weight(new Lion(0.75f, 0.5f, 0.5f, false), 2f);
    // 2 (1 - 0.1 * 0.5) = 1.9; the sign of 0.25 * 8 is 1
    assertEquals(1.8, weight.update(0.1f, 8f), 1e-6);
    assertEquals(4f, weight.slots[0][0]);
    // the sign of 0.75 * 4 - 0.25 * 16 = -1 is -1: 1.8 * 0.95 + 0.1
    assertEquals(1.81, weight.update(0.1f, -16f), 1e-6);
    assertEquals(-6f, weight.slots[0][0]);
  }

  @Test
  void lionStaysWhereNothingPulls() {
    assertEquals(2f, new Weight(new Lion(0.9f, 0.99f, 0f, false), 2f).update(0.1f, 0f));
  }

  /** Weights (3, 4) and a gradient (0, 1): of norms 5 and 1. */
  @Test
  void lars() {
    Lars lars = new Lars(0.5f, false, 0.25f, 1e-8f, 0.5f, false, false);
    float[] weights = {3, 4};
    float[] gradient = {0, 1};
    float[][] slots = {{1, 0}};
    lars.direct(1, 0.5f, weights, gradient, slots, 2);
    double trust = lars.trust(5, 1, 0.5f);
    assertEquals(0.25 * 5 / (1 + 0.5 * 5), trust, 1e-7);
    lars.move(0.1f, 0.5f, (float) trust, weights, gradient, slots, 2);
    // v = 0.5 * 1 + q * 0.5 * 3 and q (1 + 0.5 * 4)
    double q = 1.25 / 3.5;
    assertArrayEquals(new float[] {(float) (0.5 + 1.5 * q), (float) (3 * q)}, slots[0], 1e-6f);
    assertEquals(3 - 0.1 * (0.5 + 1.5 * q), weights[0], 1e-6);
    assertEquals(4 - 0.1 * 3 * q, weights[1], 1e-6);
  }

  /** After one step Adam's direction is the sign of the gradient. */
  @Test
  void lamb() {
    Lamb lamb = new Lamb(0.9f, 0.999f, 1e-6f, 2f, 0.5f, false, false);
    float[] weights = {3, 4};
    float[] gradient = {7, -2};
    lamb.direct(1, 0.5f, weights, gradient, new float[2][2], 2);
    assertArrayEquals(new float[] {2.5f, 1f}, gradient, 1e-5f);
    assertEquals(2, lamb.trust(10, 4, 0.5f), "limited");
    assertEquals(1.25, lamb.trust(5, 4, 0.5f));
    lamb.move(0.5f, 0.5f, 1.25f, weights, gradient, new float[2][2], 2);
    assertArrayEquals(new float[] {3 - 0.625f * 2.5f, 4 - 0.625f}, weights, 1e-5f);
  }

  @Test
  void aNormOfNothingGivesATrustOfOne() {
    for (LayerwiseOptimizer rule :
        List.of(
            new Lars(0.9f, false, 0.1f, 1e-8f, 1f, false, false),
            new Lamb(0.9f, 0.9f, 1e-6f, null, 1f, false, false))) {
      assertEquals(1, rule.trust(0, 3, 1f));
      assertEquals(1, rule.trust(3, 0, 1f));
    }
  }
}
