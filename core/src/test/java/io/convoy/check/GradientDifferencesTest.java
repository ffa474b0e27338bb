package io.convoy.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.check.GradientDifferences.Comparison;
import org.junit.jupiter.api.Test;

/** Gradients that are known, right and wrong ones, of losses that are rounded to floats. */
class GradientDifferencesTest {
  private static final float[] WEIGHTS = {0.5f, -1.25f, 2f, 0f};

  /** w0² + w0 w1 + |w2| + 1e-9 w3. */
  private static double loss(float[] w) {
    return (float) (w[0] * w[0] + w[0] * w[1] + Math.abs(w[2]) + 1e-9 * w[3]);
  }

  private static GradientDifferences differences() {
    return new GradientDifferences(GradientDifferencesTest::loss, WEIGHTS);
  }

  @Test
  void rightOnesAgree() {
    double[] gradient = {2 * 0.5 - 1.25, 0.5, 1};
    for (int i = 0; i < gradient.length; i++) {
      Comparison comparison = differences().at(i, gradient[i], 1);
      assertEquals(0, comparison.error(), 1e-3);
      assertTrue(comparison.comparable());
    }
  }

  @Test
  void wrongOnesDoNot() {
    assertEquals(0.5, differences().at(1, 1, 1).error(), 1e-3);
    assertEquals(2, differences().at(2, -1, 1).error(), 1e-3);
    assertEquals(1, differences().at(0, 0, 1).error(), 1e-3);
    assertEquals(0.1, differences().at(2, 0.9, 1).error(), 1e-3);
  }

  @Test
  void whatRoundingHidesIsNotCompared() {
    Comparison comparison = differences().at(3, 1e-9, 1);
    assertFalse(comparison.comparable());
    assertEquals(0, comparison.error(), 0);
  }

  @Test
  void alongADirection() {
    float[] direction = {0.6f, 0.8f, 0, 0};
    float[] right = {2 * 0.5f - 1.25f, 0.5f, 1, 0};
    float[] twice = {2 * right[0], 2 * right[1], 2, 0};
    double slope = 0.6 * right[0] + 0.8 * right[1];
    assertEquals(0, differences().along(direction, right, 0x1p-5, 0).error(), 1e-3);
    assertEquals(0.5, differences().along(direction, twice, 0x1p-5, 0).error(), 0.02);
    assertEquals(slope / 4, differences().along(direction, twice, 0x1p-5, 4).error(), 0.02);
  }

  /** At one of the three steps, the kink at 0 is not in the way. */
  @Test
  void aKinkNearByIsPassed() {
    float[] near = {0.5f, 0.5f, 0x1p-6f, 0};
    Comparison comparison =
        new GradientDifferences(GradientDifferencesTest::loss, near).at(2, 1, 1);
    assertEquals(0, comparison.error(), 1e-3);
  }

  @Test
  void weightsStayAsTheyAre() {
    float[] weights = WEIGHTS.clone();
    GradientDifferences differences =
        new GradientDifferences(GradientDifferencesTest::loss, weights);
    var unused = differences.at(0, 1, 1);
    unused = differences.along(new float[] {1, 0, 0, 0}, WEIGHTS, 0.1, 0);
    assertArrayEquals(WEIGHTS, weights);
    assertEquals(0, differences.at(2, 1, 1).error(), 1e-3);
  }
}
