package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

/** Polynomials against StrictMath in double, at every 997th of all floats. */
class FloatMathTest {
  private static final long STEP = 997;
  private static final double ALLOWED = 2;

  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void expIsWithinTwoUnitsInTheLastPlace() {
    assertTrue(worst(FloatMath::exp, StrictMath::exp, 0, 1L << 32) <= ALLOWED);
  }

  @Test
  void sigmoidIsWithinTwoUnitsInTheLastPlace() {
    assertTrue(worst(FloatMath::sigmoid, FloatMathTest::sigmoid, 0, 1L << 32) <= ALLOWED);
  }

  /** Where the result is near a power of two from below, an error counts twice. */
  @Test
  void sigmoidIsWithinTwoUnitsWhereItIsSmall() {
    for (float x = -5.6f; x < -5.5f; x = Math.nextUp(x)) {
      assertTrue(units(FloatMath.sigmoid(x), sigmoid(x)) <= ALLOWED, "sigmoid " + x);
    }
    for (float x = -104.1f; x < -87.2f; x = Math.nextUp(Math.nextUp(Math.nextUp(x)))) {
      assertTrue(units(FloatMath.sigmoid(x), sigmoid(x)) <= ALLOWED, "sigmoid " + x);
    }
  }

  /** Not by way of 1 / (1 + exp(-x)): exp(-x) is infinite before the result is zero. */
  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  @Test
  void tanhIsWithinTwoUnitsInTheLastPlace() {
    assertTrue(worst(FloatMath::tanh, StrictMath::tanh, 0, 1L << 32) <= ALLOWED);
  }

  /** Where one way of computing it gives over to the other, and where it reaches 1. */
  @Test
  void tanhIsWithinTwoUnitsAtItsBorders() {
    for (float x = 0.61f; x < 0.64f; x = Math.nextUp(x)) {
      assertTrue(units(FloatMath.tanh(x), StrictMath.tanh(x)) <= ALLOWED, "tanh " + x);
      assertEquals(-FloatMath.tanh(x), FloatMath.tanh(-x));
    }
    for (float x = 8.9f; x < 10.1f; x = Math.nextUp(Math.nextUp(x))) {
      assertTrue(units(FloatMath.tanh(x), StrictMath.tanh(x)) <= ALLOWED, "tanh " + x);
    }
  }

  @Test
  void expm1IsWithinFourUnitsInTheLastPlace() {
    assertTrue(worst(FloatMath::expm1, StrictMath::expm1, 0, 1L << 32) <= 4);
  }

  @Test
  void bellIsWithinTwoUnitsInTheLastPlace() {
    assertTrue(worst(FloatMath::bell, x -> StrictMath.exp(-x * x / 2), 0, 1L << 32) <= 2);
  }

  @Test
  void normalIsWithinSixUnitsInTheLastPlace() {
    for (float x = -13f; x < 6f; x += 0x1p-14f) {
      double truth = Erf.erfc(-x / StrictMath.sqrt(2)) / 2;
      assertTrue(units(FloatMath.normal(x), truth) <= 6, "normal " + x);
    }
    assertEquals(0f, FloatMath.normal(Float.NEGATIVE_INFINITY));
    assertEquals(1f, FloatMath.normal(Float.POSITIVE_INFINITY));
    assertEquals(0.5f, FloatMath.normal(-0f), Math.ulp(0.5f));
    assertEquals(Float.NaN, FloatMath.normal(Float.NaN));
  }

  @Test
  void logIsWithinTwoUnitsInTheLastPlace() {
    assertTrue(worst(FloatMath::log, StrictMath::log, 1, 0x7F800000L) <= ALLOWED);
  }

  /** Where the logarithm crosses zero its relative error is worst. */
  @Test
  void logIsWithinTwoUnitsAroundOne() {
    long one = Float.floatToIntBits(1f);
    for (long bits = one - 200_000; bits < one + 200_000; bits++) {
      float x = Float.intBitsToFloat((int) bits);
      assertTrue(units(FloatMath.log(x), StrictMath.log(x)) <= ALLOWED, "log " + x);
    }
  }

  @Test
  void expIsWithinTwoUnitsAtBothEnds() {
    for (float x = 88.5f; x < 88.8f; x = Math.nextUp(x)) {
      assertTrue(units(FloatMath.exp(x), StrictMath.exp(x)) <= ALLOWED, "exp " + x);
    }
    for (float x = -104.1f; x < -87.2f; x = Math.nextUp(Math.nextUp(Math.nextUp(x)))) {
      assertTrue(units(FloatMath.exp(x), StrictMath.exp(x)) <= ALLOWED, "exp " + x);
    }
  }

  @Test
  void specialValues() {
    assertEquals(1f, FloatMath.exp(0f));
    assertEquals(1f, FloatMath.exp(-0f));
    assertEquals(Float.NaN, FloatMath.exp(Float.NaN));
    assertEquals(Float.POSITIVE_INFINITY, FloatMath.exp(Float.POSITIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, FloatMath.exp(89f));
    assertEquals(0f, FloatMath.exp(Float.NEGATIVE_INFINITY));
    assertEquals(0f, FloatMath.exp(-104f));
    assertEquals(0.5f, FloatMath.sigmoid(0f));
    assertEquals(0.5f, FloatMath.sigmoid(-0f));
    assertEquals(0.5f, FloatMath.sigmoid(-Float.MIN_VALUE));
    assertEquals(1f, FloatMath.sigmoid(Float.POSITIVE_INFINITY));
    assertEquals(0f, FloatMath.sigmoid(Float.NEGATIVE_INFINITY));
    assertEquals(Float.NaN, FloatMath.sigmoid(Float.NaN));
    assertEquals(Float.MIN_VALUE, FloatMath.sigmoid(-103f));
    assertEquals(0f, FloatMath.tanh(0f));
    assertEquals(-0f, FloatMath.tanh(-0f));
    assertEquals(-Float.MIN_VALUE, FloatMath.tanh(-Float.MIN_VALUE));
    assertEquals(1f, FloatMath.tanh(Float.POSITIVE_INFINITY));
    assertEquals(-1f, FloatMath.tanh(Float.NEGATIVE_INFINITY));
    assertEquals(Float.NaN, FloatMath.tanh(Float.NaN));
    assertEquals(0f, FloatMath.log(1f));
    assertEquals(Float.NEGATIVE_INFINITY, FloatMath.log(0f));
    assertEquals(Float.NEGATIVE_INFINITY, FloatMath.log(-0f));
    assertEquals(Float.NaN, FloatMath.log(-1f));
    assertEquals(Float.NaN, FloatMath.log(Float.NEGATIVE_INFINITY));
    assertEquals(Float.NaN, FloatMath.log(Float.NaN));
    assertEquals(Float.POSITIVE_INFINITY, FloatMath.log(Float.POSITIVE_INFINITY));
  }

  private static double worst(
      FloatFunction function, DoubleUnaryOperator truth, long from, long to) {
    double worst = 0;
    for (long bits = from; bits < to; bits += STEP) {
      float x = Float.intBitsToFloat((int) bits);
      if (Float.isNaN(x)) {
        assertEquals(Float.NaN, function.apply(x));
        continue;
      }
      worst = Math.max(worst, units(function.apply(x), truth.applyAsDouble(x)));
    }
    return worst;
  }

  /** The distance in units of the last place of the float nearest to the truth. */
  private static double units(float got, double truth) {
    float nearest = (float) truth;
    if (got == nearest) {
      return 0;
    }
    if (Float.isInfinite(nearest) || !Float.isFinite(got)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.abs(got - truth) / Math.ulp(nearest);
  }
}
