package io.convoy.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.reference.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final int CHANNELS = 3;
  private static final int START = 2;

  /** Moments of values [from, to), in double, rounded once. */
  private static float[] direct(float[][] values, int from, int to) {
    float[] moments = new float[START + 2 * CHANNELS + 1];
    for (int c = 0; c < CHANNELS; c++) {
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += values[c][i];
      }
      double mean = sum / (to - from);
      double squares = 0;
      for (int i = from; i < to; i++) {
        squares += (values[c][i] - mean) * (values[c][i] - mean);
      }
      moments[START + c] = (float) mean;
      moments[START + CHANNELS + c] = (float) squares;
    }
    return moments;
  }

  private static float[][] values(int count, float shift) {
    float[][] values = new float[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      values[c] = Numbers.array(c, count);
      for (int i = 0; i < count; i++) {
        values[c][i] = values[c][i] * (c + 1) + shift * (i % 2 == 0 ? 1 : 1.01f);
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "1,206,0", "206,1,5", "13,8,0", "4098,1000,100", "100,100,-3"})
  void mergedMomentsAreThoseOfTheUnion(int first, int second, float shift) {
    float[][] values = values(first + second, shift);
    float[] a = direct(values, 0, first);
    float[] b = direct(values, first, first + second);
    float[] expected = direct(values, 0, first + second);
    float[] kept = b.clone();
    Moments.merge(a, START, first, b, START, second, CHANNELS);
    for (int c = 0; c < CHANNELS; c++) {
      float mean = expected[START + c];
      float squares = expected[START + CHANNELS + c];
      assertEquals(mean, a[START + c], 4 * 0x1p-24 * (Math.abs(mean) + 1));
      // a mean rounded to float moves each deviation by as much
      double slack = (first + second) * Math.pow(0x1p-23 * mean, 2);
      double slope = 0x1p-22 * Math.abs(mean) * Math.sqrt((double) squares * (first + second));
      assertEquals(squares, a[START + CHANNELS + c], 0x1p-21 * squares + slack + slope);
    }
    assertEquals(java.util.Arrays.toString(kept), java.util.Arrays.toString(b), "b is only read");
    assertEquals(0f, a[0] + a[1] + a[a.length - 1], "nothing else is written");
  }

  @Test
  void averagesMoveByTheUnbiasedVariance() {
    float[] state = {9, 1, 2, 3, 4, 5, 6, 9};
    float[] moments = {10, 20, 30, 12, 24, 36};
    Moments.moveAverages(state, 1, moments, 13, CHANNELS, 0.25f);
    float[] expected = {9, 3.25f, 6.5f, 9.75f, 3.25f, 4.25f, 5.25f, 9};
    for (int i = 0; i < state.length; i++) {
      assertEquals(expected[i], state[i], 1e-6f, "element " + i);
    }
  }

  @Test
  void besselsFactorIsOneForOneValue() {
    float[] state = {0, 1};
    Moments.moveAverages(state, 0, new float[] {3, 0}, 1, 1, 0.5f);
    assertEquals(1.5f, state[0]);
    assertEquals(0.5f, state[1]);
  }
}
